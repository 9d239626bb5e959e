using System.Net;

namespace DeviceHarness.Rpc.Client;

/// <summary>The body of a call with many requests: it hands the stream to the writer and stays until the writer is done.</summary>
internal sealed class RequestStreamContent : HttpContent
{
    // A bound for a wait that passes only when nobody learns why HTTP gave the stream up.
    private static readonly TimeSpan ReasonTime = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _used;

    /// <summary>The stream, once HTTP is ready for the body.</summary>
    public Task<Stream> StreamAsync => _stream.Task;

    /// <summary>Ends the body.</summary>
    public void Complete() => _complete.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0)
        {
            throw new IOException("the connection was lost and a request stream that has begun cannot be sent again");
        }

        _stream.TrySetResult(stream);
        try
        {
            await _complete.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // HTTP gave the stream up and has told the response why: a reset's code, a ping without an answer. Whichever of the two
            // ends first is what the call fails with, so the response goes first; the end of the call completes the requests.
            await Task.WhenAny(_complete.Task, Task.Delay(ReasonTime, TimeProvider.System, CancellationToken.None))
                .ConfigureAwait(false);
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
