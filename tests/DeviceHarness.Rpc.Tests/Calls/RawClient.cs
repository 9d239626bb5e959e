using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace DeviceHarness.Rpc.Tests.Calls;

/// <summary>HTTP/2 without gRPC manners, for requests that no gRPC client makes.</summary>
internal sealed class RawClient(string address) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler());

    public static RawClient To(string address) => new(address);

    public async Task<HttpResponseMessage> PostAsync(
        string path, HttpContent content, string contentType = "application/grpc", params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address + path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _invoker.SendAsync(request, CancellationToken.None);
    }

    /// <summary>The status and its text, from the headers or after the body.</summary>
    public static async Task<(string? Status, string? Message)> StatusOfAsync(HttpResponseMessage response)
    {
        Stream body = await response.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);
        HttpResponseHeaders headers = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return (One(headers, "grpc-status"), One(headers, "grpc-message"));
    }

    /// <summary>A body of one message.</summary>
    public static ByteArrayContent Frame(IMessage message) => new(FrameOctets(message));

    /// <summary>A message in its frame.</summary>
    public static byte[] FrameOctets(IMessage message)
    {
        byte[] payload = message.ToByteArray();
        byte[] frame = new byte[5 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>The flags of the frames of a body.</summary>
    public static IEnumerable<byte> FlagsOf(byte[] body)
    {
        for (int at = 0; at < body.Length; at += 5 + BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1)))
        {
            yield return body[at];
        }
    }

    public void Dispose() => _invoker.Dispose();

    private static string? One(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
}
