using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace MaskDashboard.Benchmarks;

/// <summary>
/// Writes a database as months of work would have filled it: eight sites with habits of their own, working days and hours of a
/// place with summer time, failures, reviews, two detectors, two sets of models, three settings versions. The same every time.
/// </summary>
/// <param name="faces">Faces in all, five to a photograph.</param>
/// <param name="days">Days back from today.</param>
/// <param name="withThumbnails">Whether photographs have a picture.</param>
internal sealed class DataGenerator(int faces, int days, bool withThumbnails)
{
    /// <summary>The place whose clock people work by.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private const int FacesEach = 5;
    private const double FailedShare = 0.004;
    private const double HaarShare = 0.08;
    private const double ReviewedShare = 0.12;
    private const double CorrectedShare = 0.03;

    // Name, share of the photographs, compliance, how many more or fewer faces than others.
    private static readonly (string Name, double Weight, double Compliance, double Crowd)[] _sites =
    [
        ("Main gate", 22, 0.86, 1.3), ("Warehouse A", 18, 0.79, 0.9), ("Warehouse B", 14, 0.74, 0.9), ("Canteen", 12, 0.58, 1.8),
        ("Loading dock", 12, 0.69, 0.7), ("Office, 2nd floor", 9, 0.91, 0.6), ("Workshop", 8, 0.81, 0.8), ("Parking garage", 5, 0.52, 0.5),
    ];

    // Photographs of an hour of a working day, against those of another.
    private static readonly double[] _hours = [0.2, 0.1, 0.1, 0.1, 0.2, 0.8, 4, 7, 9, 8, 7, 7, 9, 8, 7, 7, 8, 6, 4, 2, 1, 0.8, 0.5, 0.3];

    private readonly Random _random = new(20_260_301);
    private readonly DateTime _nowUtc = DateTime.UtcNow;

    /// <summary>Fills a data folder.</summary>
    /// <param name="folder">It must not hold a database yet.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "dashboard.db");
        if (File.Exists(path))
        {
            throw new IOException($"{path} exists: name a folder without a database, or delete it.");
        }

        var watch = Stopwatch.StartNew();
        var options = new DbContextOptionsBuilder<DashboardDbContext>().UseSqlite($"Data Source={path};Pooling=False").Options;
        await using var context = new DashboardDbContext(options);
        await context.Database.MigrateAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        // Nothing here is worth surviving a power cut.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;", cancellationToken);
        var images = faces / FacesEach;
        await using (var transaction = connection.BeginTransaction())
        {
            WriteSitesAndSettings(connection);
            WriteImages(connection, images, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        // The triggers come last and count what is there; one by one would take longer.
        await NameIndex.EnsureAsync(context, cancellationToken);
        await RollupTriggers.EnsureAsync(context, cancellationToken);
        var counted = await context.FigureRollups.Where(row => row.SiteId == FigureRollup.AllSites).SumAsync(row => row.Mask + row.NoMask + row.Uncertain, cancellationToken);
        var rows = await context.FigureRollups.CountAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images:N0} photographs, {counted:N0} counted faces, {rows:N0} rows of figures, {new FileInfo(path).Length / 1e6:N0} MB in {watch.Elapsed.TotalSeconds:N1} s"));
    }

    private void WriteSitesAndSettings(SqliteConnection connection)
    {
        using (var sites = new TableWriter(connection, "Sites", "Id", "Name", "CreatedAtUtc"))
        {
            for (var index = 0; index < _sites.Length; index++)
            {
                sites.Write(index + 1, _sites[index].Name, Stored(_nowUtc.AddDays(-days)));
            }
        }

        var json = JsonSerializer.Serialize(new AnalysisSettings(), new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } });
        using var settings = new TableWriter(connection, "SettingsVersions", "Id", "SettingsJson", "Reason", "CreatedAtUtc", "ReplacesId");
        settings.Write(1, json, "First start", Stored(_nowUtc.AddDays(-days)), null);
        settings.Write(2, json, "Count small faces at the canteen too", Stored(_nowUtc.AddDays(-days * 0.55)), 1);
        settings.Write(3, json, "Ask for more certainty", Stored(_nowUtc.AddDays(-days * 0.2)), 2);
    }

    private void WriteImages(SqliteConnection connection, int count, CancellationToken cancellationToken)
    {
        using var images = new TableWriter(connection, "Images", "Id", "Sha256", "FileName", "ByteLength", "Width", "Height", "SiteId", "CapturedAtUtc", "UploadedAtUtc", "UploadCount", "HasOriginal");
        using var analyses = new TableWriter(
            connection, "Analyses", "Id", "ImageId", "SettingsVersionId", "Detector", "ModelVersion", "State", "IsCurrent", "Attempts", "FailureReason", "QueuedAtUtc", "StartedAtUtc", "CompletedAtUtc",
            "CapturedAtUtc", "SiteId", "FaceCount", "MaskCount", "NoMaskCount", "UncertainCount", "TooCloseCount", "DecodeMilliseconds", "DetectMilliseconds", "ClassifyMilliseconds", "ReviewedAtUtc", "Doubt");
        using var faceRows = new TableWriter(
            connection, "Faces", "AnalysisId", "Index", "X", "Y", "Width", "Height", "Score", "MaskProbability", "NoMaskProbability", "Counted", "Label", "EffectiveCounted", "EffectiveLabel", "TooClose",
            "NearestPixelsTopLeft", "NearestPixelsCentre", "NearestMetres");
        using var pairs = new TableWriter(connection, "Pairs", "AnalysisId", "FirstIndex", "SecondIndex", "PixelsTopLeft", "PixelsCentre", "Metres", "TooClose");
        using var thumbnails = new TableWriter(connection, "Thumbnails", "AnalysisId", "Bytes", "ContentType");
        var pictures = withThumbnails ? Pictures() : [];
        for (var id = 1; id <= count; id++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var capturedAtUtc = CaptureTime();
            var site = PickSite();
            var uploadedAtUtc = capturedAtUtc.AddMinutes(_random.Next(2, 600)) is var later && later < _nowUtc ? later : _nowUtc;
            var completedAtUtc = uploadedAtUtc.AddSeconds(3);
            var failed = _random.NextDouble() < FailedShare;
            var detector = _random.NextDouble() < HaarShare ? DetectorKind.Haar : DetectorKind.YuNet;
            var age = (_nowUtc - uploadedAtUtc).TotalDays / days;
            var reviewed = !failed && _random.NextDouble() < ReviewedShare;
            images.Write(
                id, Hash(id), string.Create(CultureInfo.InvariantCulture, $"IMG_{capturedAtUtc:yyyyMMdd}_{id:D6}.jpg"), 2_400_000, 4032, 3024,
                site < 0 ? null : site + 1, Stored(capturedAtUtc), Stored(uploadedAtUtc), 1, 0);
            var figures = failed ? default : Figures(site, capturedAtUtc, age);
            analyses.Write(
                id, id, age > 0.55 ? 1 : age > 0.2 ? 2 : 3, (int)detector, age > 0.35 ? "models-1" : "models-2", (int)(failed ? AnalysisState.Failed : AnalysisState.Done), 1, 1,
                failed ? "The file is damaged or cut off: save it again and upload the copy." : null, Stored(uploadedAtUtc), Stored(uploadedAtUtc), Stored(completedAtUtc),
                Stored(capturedAtUtc), site < 0 ? null : site + 1, figures.Faces, figures.Mask, figures.NoMask, figures.Uncertain, figures.TooClose, 40.0, 120.0, 60.0, reviewed ? Stored(completedAtUtc.AddHours(20)) : null,
                reviewed || figures.Faces == 0 ? 0.0 : figures.Uncertain > 0 ? 1 + _random.NextDouble() : Math.Pow(_random.NextDouble(), 3));
            WriteFaces(faceRows, pairs, id, figures, reviewed);
            if (withThumbnails && !failed)
            {
                thumbnails.Write(id, pictures[id % pictures.Count], "image/jpeg");
            }
        }
    }

    private void WriteFaces(TableWriter faceRows, TableWriter pairs, int analysisId, ComplianceFigures figures, bool reviewed)
    {
        for (var index = 0; index < figures.Faces; index++)
        {
            var label = index < figures.Mask ? MaskLabel.Mask : index < figures.Mask + figures.NoMask ? MaskLabel.NoMask : MaskLabel.Uncertain;
            var answer = reviewed && _random.NextDouble() < CorrectedShare ? label == MaskLabel.Mask ? MaskLabel.NoMask : MaskLabel.Mask : label;
            var tooClose = index < figures.TooClose;
            var (mask, noMask) = answer switch { MaskLabel.Mask => (0.94, 0.05), MaskLabel.NoMask => (0.06, 0.93), _ => (0.5, 0.46) };
            object? nearest = figures.Faces > 1 ? tooClose ? 96.0 : 310.0 : null;
            faceRows.Write(
                analysisId, index, (float)(index % 8 * 480), (float)(index / 8 * 640), 180f, 220f, 0.9f, (float)mask, (float)noMask, 1, (int)answer, 1, (int)label, tooClose ? 1 : 0, nearest, nearest,
                nearest is double pixels ? pixels / 120 : null);
        }

        for (var index = 0; index + 1 < figures.Faces; index += 2)
        {
            var tooClose = index < figures.TooClose;
            pairs.Write(analysisId, index, index + 1, tooClose ? 96.0 : 310.0, tooClose ? 96.0 : 310.0, tooClose ? 0.8 : 2.6, tooClose ? 1 : 0);
        }
    }

    private ComplianceFigures Figures(int site, DateTime capturedAtUtc, double age)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(capturedAtUtc, Zone);
        var (_, _, compliance, crowd) = site < 0 ? ("", 0, 0.7, 1) : _sites[site];
        // Lunch brings people together and masks down; with the months people get used to them; Fridays are Fridays.
        var lunch = local.Hour is 12 or 13 ? 1 : 0;
        compliance += 0.06 - age * 0.14 - lunch * 0.12 - (local.DayOfWeek == DayOfWeek.Friday ? 0.04 : 0) - (local.Hour >= 18 ? 0.08 : 0);
        var expected = FacesEach * crowd * (0.85 + lunch * 0.6);
        var faceCount = Math.Min(40, (int)Math.Round(-Math.Log(1 - _random.NextDouble()) * expected));
        var (mask, noMask, uncertain) = (0, 0, 0);
        for (var face = 0; face < faceCount; face++)
        {
            var draw = _random.NextDouble();
            if (draw < (age > 0.2 ? 0.05 : 0.08))
            {
                uncertain++;
            }
            else if (_random.NextDouble() < Math.Clamp(compliance, 0.05, 0.98))
            {
                mask++;
            }
            else
            {
                noMask++;
            }
        }

        var close = 0;
        for (var pair = 0; pair < faceCount / 2; pair++)
        {
            close += _random.NextDouble() < 0.16 + crowd * 0.08 + lunch * 0.1 ? 2 : 0;
        }

        return new ComplianceFigures(mask, noMask, uncertain, close);
    }

    private DateTime CaptureTime()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(_nowUtc, Zone));
        while (true)
        {
            var day = today.AddDays(-_random.Next(days));
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && _random.NextDouble() < 0.75)
            {
                continue;
            }

            var local = day.ToDateTime(new TimeOnly(Pick(_hours), _random.Next(60), _random.Next(60)));
            var utc = Zone.IsInvalidTime(local) ? _nowUtc.AddDays(1) : TimeZoneInfo.ConvertTimeToUtc(local, Zone);
            if (utc < _nowUtc)
            {
                return utc;
            }
        }
    }

    private int PickSite() => _random.NextDouble() < 0.03 ? -1 : Pick([.. _sites.Select(site => site.Weight)]);

    private int Pick(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var draw = _random.NextDouble() * sum;
        for (var index = 0; index < weights.Length; index++)
        {
            draw -= weights[index];
            if (draw < 0)
            {
                return index;
            }
        }

        return weights.Length - 1;
    }

    private static string Hash(int id) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(id)));

    // As Microsoft.Data.Sqlite writes times.
    private static string Stored(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static List<byte[]> Pictures() =>
    [
        .. Directory.GetFiles(Path.Combine(Dashboard.RepositoryRoot, "wwwroot", "samples"), "*.jpg").Order().Select(path =>
        {
            using var picture = SKBitmap.Decode(path);
            using var small = picture.Resize(new SKImageInfo(320, picture.Height * 320 / picture.Width), SKSamplingOptions.Default);
            using var encoded = small.Encode(SKEncodedImageFormat.Jpeg, 80);
            return encoded.ToArray();
        }),
    ];
}
