namespace MaskDashboard.Tests;

public sealed class ContentRootTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_StartedElsewhere_IsBesideTheProgram() => Assert.Equal(At("program", true, true), ContentRoot.Find(At("elsewhere", false, false), At("program", true, true)));

    [Fact]
    public void Find_StartedAmongSources_IsThere() => Assert.Equal(At("sources", true, true), ContentRoot.Find(At("sources", true, true), At("program", true, false)));

    [Fact]
    public void Find_SomebodyElsesSettingsFile_IsNotTaken() => Assert.Equal(At("program", true, true), ContentRoot.Find(At("other", true, false), At("program", true, true)));

    [Fact]
    public void Find_NothingAnywhere_IsTheCurrentFolder() => Assert.Equal(At("elsewhere", false, false), ContentRoot.Find(At("elsewhere", false, false), At("nothing", false, false)));

    private string At(string name, bool settings, bool pages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        if (settings)
        {
            File.WriteAllText(Path.Combine(folder, "appsettings.json"), "{}");
        }

        if (pages)
        {
            Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        }

        return folder;
    }
}
