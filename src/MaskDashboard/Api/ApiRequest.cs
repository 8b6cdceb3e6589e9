using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MaskDashboard.Compliance;
using MaskDashboard.Exports;

namespace MaskDashboard.Api;

/// <summary>
/// Reads query parameters strictly. Pages drop what they cannot read, so that an old bookmark opens; a program would take the wrong
/// answer for the right one, or delete more than it meant.
/// </summary>
internal static class ApiRequest
{
    /// <summary>The filter of a request; refuses parameters that are unknown or cannot be read.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static ImageSelection Selection(HttpRequest request)
    {
        Known(request);
        var filter = ImageFilter.Parse(request.QueryString.Value ?? "");
        var understood = filter.ToQuery();
        foreach (var parameter in ApiParameter.Filter.Where(parameter => parameter.Name != "timeZone"))
        {
            if (request.Query.TryGetValue(parameter.Name, out var values) && (values.Count > 1 || !understood.ContainsKey(parameter.Name)))
            {
                throw ApiProblem.BadRequest($"The parameter {parameter.Name} {Expectation(parameter)}; '{Shown(values)}' is not.");
            }
        }

        if (filter is { From: { } from, To: { } to } && from > to)
        {
            throw ApiProblem.BadRequest("The parameter from is later than to: exchange them.");
        }

        return new ImageSelection(filter, Zone(request));
    }

    /// <summary>The time zone of a request; UTC by default.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static TimeZoneInfo Zone(HttpRequest request)
    {
        if (!request.Query.TryGetValue("timeZone", out var values))
        {
            return TimeZoneInfo.Utc;
        }

        return values.Count == 1 && TimeZoneInfo.TryFindSystemTimeZoneById(values[0] ?? "", out var zone)
            ? zone
            : throw ApiProblem.BadRequest($"The parameter timeZone must be an IANA time zone such as Asia/Seoul; '{Shown(values)}' is not.");
    }

    /// <summary>Refuses parameters that the route does not have: a typing mistake in a filter would otherwise mean everything.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static void Known(HttpRequest request)
    {
        var known = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ApiParameters>()?.Parameters ?? [];
        foreach (var name in request.Query.Keys)
        {
            if (!known.Any(parameter => parameter.Name == name))
            {
                throw ApiProblem.BadRequest(known.Count == 0
                    ? $"This address takes no parameter: leave '{Cut(name)}' away."
                    : $"There is no parameter '{Cut(name)}': this address takes {string.Join(", ", known.Select(parameter => parameter.Name))}.");
            }
        }
    }

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static int Number(HttpRequest request, string name, int least, int most, int standard) => !request.Query.TryGetValue(name, out var values)
        ? standard
        : int.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ApiProblem.BadRequest($"The parameter {name} must be a whole number from {least} to {most}; '{Shown(values)}' is not.");

    /// <summary>One of some words.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static string Word(HttpRequest request, string name, IReadOnlyList<string> words, string standard) => !request.Query.TryGetValue(name, out var values)
        ? standard
        : words.FirstOrDefault(word => string.Equals(word, values, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiProblem.BadRequest($"The parameter {name} must be {OneOf(words)}; '{Shown(values)}' is not.");

    /// <summary>Where a list goes on; null for its start.</summary>
    /// <exception cref="ApiProblem">400.</exception>
    public static ListPosition? Cursor(HttpRequest request)
    {
        if (!request.Query.TryGetValue("cursor", out var values))
        {
            return null;
        }

        var parts = Base64Url.IsValid(values.ToString()) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(values.ToString())).Split('.') : [];
        return parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= DateTime.MaxValue.Ticks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var analysisId)
            ? new ListPosition(new DateTime(time, DateTimeKind.Utc), analysisId)
            : throw ApiProblem.BadRequest("The parameter cursor must be the nextCursor of an earlier answer, unchanged.");
    }

    /// <summary>A position as <see cref="Cursor"/> reads it.</summary>
    public static string CursorOf(ListPosition position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{position.CapturedAtUtc.Ticks}.{position.AnalysisId}")));

    private static string Expectation(ApiParameter parameter) => parameter switch
    {
        { Format: "date" } => "must be a day such as 2026-05-31",
        { Format: "date-time" } => "must be a moment on a quarter hour such as 2026-05-31T09:30Z",
        { Type: "integer" } => "must be a whole number",
        { Values: { } words } => $"must be {OneOf(words)}",
        _ => "must be given once and not be empty",
    };

    private static string OneOf(IReadOnlyList<string> words) => words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    private static string Shown(Microsoft.Extensions.Primitives.StringValues values) => Cut(values.ToString());

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
