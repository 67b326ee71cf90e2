using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LaborBridge.ServiceDefaults;

/// <summary>An answer ready to be sent, the first time or again.</summary>
internal sealed record Answer(int Status, string? Location, string? Etag, long? Position, byte[]? Body) : IResult
{
    public static Answer Of(Reply reply, long? position) => new(
        reply.Status,
        reply.Location,
        reply.Version is { } version ? $"\"{version}\"" : null,
        position,
        reply.Body is null ? null : WithPosition(JsonSerializer.SerializeToUtf8Bytes(reply.Body, reply.Body.GetType(), JsonText.Options), position));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Etag is not null)
        {
            response.Headers.ETag = Etag;
        }

        if (Position is { } position)
        {
            response.Headers["Position"] = position.ToString();
        }

        response.Headers.CacheControl = "no-store";
        if (Body is not null)
        {
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    // The body is an object that we have just written ourselves: its last byte is the closing brace.
    private static byte[] WithPosition(byte[] json, long? position)
    {
        if (position is not { } value || json[^1] != (byte)'}')
        {
            return json;
        }

        var member = Encoding.UTF8.GetBytes($"{(json.Length > 2 ? "," : "")}\"position\":{value}}}");
        return [.. json.AsSpan(0, json.Length - 1), .. member];
    }
}
