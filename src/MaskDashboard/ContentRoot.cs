namespace MaskDashboard;

/// <summary>Where <c>appsettings.json</c> and <c>wwwroot</c> are: in the current folder when the program runs from its sources, beside the program when it was published, wherever it is started.</summary>
internal static class ContentRoot
{
    private const string SettingsFile = "appsettings.json";
    private const string PagesFolder = "wwwroot";

    /// <summary>The program with its settings read from there.</summary>
    /// <param name="args">Arguments.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = Find(Directory.GetCurrentDirectory(), AppContext.BaseDirectory),
    });

    /// <summary>Finds it.</summary>
    /// <param name="currentFolder">Where the program was started.</param>
    /// <param name="programFolder">Where its files are.</param>
    public static string Find(string currentFolder, string programFolder) =>
        !IsOurs(currentFolder) && File.Exists(Path.Combine(programFolder, SettingsFile)) ? programFolder : currentFolder;

    private static bool IsOurs(string folder) => File.Exists(Path.Combine(folder, SettingsFile)) && Directory.Exists(Path.Combine(folder, PagesFolder));
}
