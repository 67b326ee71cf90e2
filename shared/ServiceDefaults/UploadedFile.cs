using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LaborBridge.ServiceDefaults;

/// <summary>The file of a <c>multipart/form-data</c> request as it comes in: a form read as a whole would lie on the disk as plain text.</summary>
public static class UploadedFile
{
    /// <summary>The first form field <c>file</c>; null when there is none.</summary>
    /// <param name="http">The request, its body not yet read.</param>
    /// <param name="largestBody">A file that is too large is still read up to here, so that the answer reaches the sender; beyond it the connection is cut.</param>
    /// <returns>The name without folders, perhaps empty, and the content.</returns>
    public static async Task<(string Name, Stream Content)?> Find(HttpContext http, long largestBody)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largestBody;
        }

        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            return null;
        }

        var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
        {
            if (section.AsFileSection() is { FileStream: { } stream, Name: "file" } file)
            {
                return (Path.GetFileName(file.FileName.Replace('\\', '/')), stream);
            }
        }

        return null;
    }
}
