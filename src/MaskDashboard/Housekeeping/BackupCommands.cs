using MaskDashboard.Accounts;
using MaskDashboard.Storage;

namespace MaskDashboard.Housekeeping;

/// <summary><c>backup</c> and <c>restore</c> on the program's command line, for schedulers and for a machine without a browser.</summary>
public static class BackupCommands
{
    private const string Usage = "Use: backup [FILE] [--Data:Folder DIR], or restore FILE [--Data:Folder DIR] while the dashboard is stopped.";

    /// <summary>Does what the command line asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0 done, 1 not done, 2 not understood; null when it asks for the dashboard itself.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args is not ["backup" or "restore", ..])
        {
            return null;
        }

        // Paths are those of the person who types them; Data:Folder is the dashboard's own.
        var (command, file, options) = (args[0], args.Skip(1).FirstOrDefault() is { } next && !next.StartsWith("--", StringComparison.Ordinal) ? Path.GetFullPath(next) : null, args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).ToList());
        var expected = 1 + (file is null ? 0 : 1);
        if ((command == "restore" && file is null) || (args.Length > expected && options.Count == 0))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            return command == "backup" ? Backup(args[expected..], file) : await RestoreAsync(args[expected..], file!);
        }
        catch (BackupException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    // Without the data folder's lock: the dashboard may be working.
    private static int Backup(string[] args, string? file)
    {
        var folder = Path.GetFullPath(ContentRoot.CreateBuilder(args).Configuration.GetSection("Data").Get<StorageOptions>()?.Folder ?? new StorageOptions().Folder);
        var now = DateTime.UtcNow;
        var target = file ?? Path.Combine(folder, "backups", $"mask-dashboard-{now:yyyyMMdd-HHmmss}.zip");
        if (File.Exists(target))
        {
            throw new BackupException($"{target} is there already: name a new file.");
        }

        var manifest = BackupWriter.Write(Path.Combine(folder, BackupLayout.Database), Path.Combine(folder, BackupLayout.Originals), target, now);
        Console.WriteLine($"{target}: {manifest.Images} images, {manifest.Originals} with their original.");
        return 0;
    }

    private static async Task<int> RestoreAsync(string[] args, string file)
    {
        if (!File.Exists(file))
        {
            throw new BackupException($"There is no file {file}: name a backup that the dashboard made.");
        }

        var builder = ContentRoot.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStorage();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StagedRestore>();
        await using var app = builder.Build();
        var restore = app.Services.GetRequiredService<StagedRestore>();
        var manifest = restore.Stage(file);
        var replaced = restore.Apply();
        await app.Services.GetRequiredService<DatabaseStartup>().RunAsync();
        await app.Services.GetRequiredService<AuditLog>().AppendAsync(AuditAction.Backup, $"Backup of {manifest.TakenAtUtc:u} restored from the command line: {manifest.Images} images", Actor.Program);
        Console.WriteLine($"Restored the state of {manifest.TakenAtUtc:u}: {manifest.Images} images, {manifest.Originals} with their original. What it replaced is in {replaced}.");
        return 0;
    }
}
