using System.Net;
using DeviceHarness.Rpc.Wire;

namespace DeviceHarness.Rpc.Client;

/// <summary>The body of a call with one request. It may be sent again: HTTP does so after a refused stream.</summary>
/// <remarks>The frame is not given back to its pool: after an early end the platform may still be copying it.</remarks>
internal sealed class SingleRequestContent(FrameBuffer frame) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(frame.Frame, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
