using System.Net;
using System.Net.Http.Headers;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;

namespace DeviceHarness.Rpc.Client;

/// <summary>Reads metadata and status from an HTTP response.</summary>
internal static class ResponseParser
{
    /// <summary>The metadata among headers or trailers.</summary>
    public static Metadata ReadMetadata(HttpResponseHeaders headers)
    {
        Metadata metadata = [];
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
        {
            foreach (string value in header.Value)
            {
                MetadataRules.Receive(metadata, header.Key, value);
            }
        }

        return metadata;
    }

    /// <summary>The first value of a header; null when it is missing.</summary>
    public static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.FirstOrDefault() : null;

    /// <summary>The status among headers or trailers; null when there is none.</summary>
    public static Status? ReadStatus(HttpResponseHeaders headers)
    {
        string? code = First(headers, WireNames.Status);
        return code is null
            ? null
            : new Status(StatusText.Decode(code), PercentText.Decode(First(headers, WireNames.Message) ?? ""));
    }

    /// <summary>The status of a response that cannot carry messages; null when it can.</summary>
    public static Status? Refusal(HttpResponseMessage response)
    {
        if (ReadStatus(response.Headers) is Status status)
        {
            return status;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Status(
                ErrorMapping.FromHttp(response.StatusCode), $"the server answered HTTP {(int)response.StatusCode} without a gRPC status");
        }

        string? contentType = First(response.Content.Headers, WireNames.ContentType);
        return WireNames.IsGrpcContentType(contentType)
            ? null
            : new Status(StatusCode.Unknown, $"the server answered with the content type '{contentType}'");
    }
}
