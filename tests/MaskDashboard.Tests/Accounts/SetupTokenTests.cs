using MaskDashboard.Accounts;

namespace MaskDashboard.Tests.Accounts;

public sealed class SetupTokenTests
{
    [Fact]
    public void Matches_PrintedToken_UntilItWasUsed()
    {
        var token = new SetupToken();
        var text = token.Text!;

        Assert.Equal(43, text.Length);
        Assert.True(token.Matches(text));
        token.Consume();
        Assert.False(token.Matches(text));
        Assert.Null(token.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    public void Matches_AnythingElse_IsRefused(string? given) => Assert.False(new SetupToken().Matches(given));

    [Fact]
    public void Matches_TokenOfAnotherStart_IsRefused() => Assert.False(new SetupToken().Matches(new SetupToken().Text));
}
