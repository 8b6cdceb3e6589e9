using System.Globalization;
using System.Runtime.InteropServices;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>Reads current results from the database into memory. Plain SQL: a million faces pass through here.</summary>
internal static class HistoryFacesReader
{
    private const string ImagesSql = """
        SELECT a."Id", a."ImageId", a."CapturedAtUtc", a."SiteId", a."Detector", a."SettingsVersionId", a."ReviewedAtUtc" IS NOT NULL, a."ReviewedUnseen",
               i."Width", i."Height", i."ExifFocalLengthPixels", a."FocalLengthPixels"
        FROM "Analyses" a JOIN "Images" i ON i."Id" = a."ImageId"
        WHERE a."IsCurrent" AND a."State" = 2
        """;

    private const string FacesSql = """
        SELECT "AnalysisId", "X", "Y", "Width", "Height", "Score", "MaskProbability", "NoMaskProbability", "Reviewed", "Origin", "EffectiveCounted", "EffectiveLabel", "TooClose",
               "NearestPixelsTopLeft", "NearestPixelsCentre", "NearestMetres"
        FROM "Faces"
        """;

    /// <summary>Reads every current result, or those of some images.</summary>
    /// <param name="context">The database.</param>
    /// <param name="imageIds">The images; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<List<HistoryImage>> ReadAsync(DashboardDbContext context, IReadOnlyCollection<long>? imageIds, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        // One moment for both statements: a result that changes in between would be half old and half new.
        await using var transaction = connection.BeginTransaction(deferred: true);
        var images = new Dictionary<long, (HistoryImage Image, List<HistoryFace> Faces)>();
        var some = imageIds is null ? "" : string.Join(',', imageIds.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = imageIds is null ? ImagesSql : $"{ImagesSql} AND a.\"ImageId\" IN ({some})";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (reader.Read())
            {
                images.Add(reader.GetInt64(0), (Image(reader), []));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = imageIds is null
                ? FacesSql
                : $"{FacesSql} WHERE \"AnalysisId\" IN (SELECT \"Id\" FROM \"Analyses\" WHERE \"ImageId\" IN ({some}))";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            for (var row = 0; reader.Read(); row++)
            {
                if (row % 10_000 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(images, reader.GetInt64(0));
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known))
                {
                    known.Faces.Add(Face(reader));
                }
            }
        }

        return [.. images.Values.Select(read => read.Image with { Faces = [.. read.Faces] })];
    }

    private static HistoryImage Image(SqliteDataReader reader) => new(
        reader.GetInt64(1),
        DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc),
        reader.IsDBNull(3) ? null : reader.GetInt64(3),
        (DetectorKind)reader.GetInt32(4),
        reader.GetInt64(5),
        !reader.GetBoolean(6) ? HistoryReview.None : reader.GetBoolean(7) ? HistoryReview.Unseen : HistoryReview.Seen,
        reader.GetInt32(8),
        reader.GetInt32(9),
        reader.IsDBNull(10) ? null : reader.GetDouble(10),
        reader.IsDBNull(11) ? double.NaN : reader.GetDouble(11),
        []);

    private static HistoryFace Face(SqliteDataReader reader)
    {
        var counted = reader.GetBoolean(10);
        return new HistoryFace(
            new BoundingBox(reader.GetFloat(1), reader.GetFloat(2), reader.GetFloat(3), reader.GetFloat(4)),
            reader.GetFloat(5),
            new MaskProbabilities(reader.GetFloat(6), reader.GetFloat(7)),
            StandingVerdict.Of(reader.IsDBNull(8) ? null : (ReviewedLabel)reader.GetInt32(8), (FaceOrigin)reader.GetInt32(9), counted),
            counted,
            (MaskLabel)reader.GetInt32(11),
            reader.GetBoolean(12),
            (Distance(reader, 13), Distance(reader, 14), Distance(reader, 15)),
            (FaceOrigin)reader.GetInt32(9) == FaceOrigin.Reviewer);
    }

    private static double Distance(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);
}
