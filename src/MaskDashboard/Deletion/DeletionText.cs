using System.Globalization;

namespace MaskDashboard.Deletion;

/// <summary>The audit log's sentence about a deletion.</summary>
internal static class DeletionText
{
    /// <summary>For instance <c>Images deleted: 3, with 9 faces and 1 corrections. Numbers 5, 8-9</c>.</summary>
    /// <param name="imageIds">The images.</param>
    /// <param name="count">How much.</param>
    public static string Of(IEnumerable<long> imageIds, DeletionCount count) =>
        string.Create(CultureInfo.InvariantCulture, $"Images deleted: {count.Images}, with {count.Faces} faces and {count.Corrections} corrections. Numbers {Ranges(imageIds)}");

    private static string Ranges(IEnumerable<long> numbers)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var number in numbers.Order())
        {
            if (ranges is [.., var last] && last.Last + 1 == number)
            {
                ranges[^1] = (last.First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));
    }
}
