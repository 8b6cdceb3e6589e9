using System.Text.Json;
using MaskDashboard.Exports;

namespace MaskDashboard.Api;

/// <summary>JSON with an entity tag of its bytes; answers 304 to whoever has them already.</summary>
/// <param name="value">What is answered.</param>
/// <typeparam name="T">Its type.</typeparam>
internal sealed class TaggedJson<T>(T value) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ImageDocument.JsonOptions);
        if (EntityTag.Matches(httpContext, EntityTag.Of(bytes)))
        {
            return;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
