using MaskDashboard.Components.Viewer;

namespace MaskDashboard.Tests.Components.Viewer;

public sealed class ViewerThemeTests
{
    [Theory]
    [InlineData(ThemeChoice.System, false, false)]
    [InlineData(ThemeChoice.System, true, true)]
    [InlineData(ThemeChoice.Light, true, false)]
    [InlineData(ThemeChoice.Dark, false, true)]
    public void IsDark_ChoiceAndSystem_ChoiceWins(ThemeChoice choice, bool prefersDark, bool expected)
    {
        var theme = new ViewerTheme();
        theme.Use(choice, prefersDark);
        Assert.Equal(expected, theme.IsDark);
    }

    [Fact]
    public void Choose_SameAgain_TellsNobody()
    {
        var changes = 0;
        var theme = new ViewerTheme();
        theme.Changed += () => changes++;

        theme.Choose(ThemeChoice.Dark);
        theme.Choose(ThemeChoice.Dark);

        Assert.Equal(1, changes);
    }
}
