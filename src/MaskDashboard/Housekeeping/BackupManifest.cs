using System.Text.Json;

namespace MaskDashboard.Housekeeping;

/// <summary>What a backup says of itself.</summary>
/// <param name="Format">Layout of the archive; <see cref="BackupLayout.Format"/>.</param>
/// <param name="TakenAtUtc">When the state it holds was in force, UTC.</param>
/// <param name="ProgramVersion">The program that took it.</param>
/// <param name="Images">Photographs with their results.</param>
/// <param name="Originals">Of these, how many with their original.</param>
public sealed record BackupManifest(int Format, DateTime TakenAtUtc, string ProgramVersion, int Images, int Originals);

/// <summary>How far a backup or a restore is.</summary>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all.</param>
public readonly record struct BackupProgress(int Done, int Total);

/// <summary>A backup cannot be taken or used. The message is one sentence for the person who asked for it.</summary>
/// <param name="message">What, where, what to do.</param>
/// <param name="innerException">What a library said.</param>
public sealed class BackupException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>
/// A backup is one zip file: <c>manifest.json</c>, <c>dashboard.db</c>, <c>originals/aa/SHA-256</c>, and <c>SHA256SUMS</c> over all of
/// these, which <c>sha256sum -c</c> understands. The keys of cookies are left out, and made anew by a restore.
/// </summary>
internal static class BackupLayout
{
    /// <summary>Layout of the archives that this program writes and the newest that it reads.</summary>
    public const int Format = 1;

    public const string Database = "dashboard.db";
    public const string Originals = "originals";
    public const string Manifest = "manifest.json";
    public const string Sums = "SHA256SUMS";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
