using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;

namespace DeviceHarness.Virtual.Tests;

/// <summary>Writes a frame to a line and reads the frame that answers it, by its length field.</summary>
internal sealed class LineClient(IByteTransport transport)
{
    private readonly byte[] _input = new byte[4096];

    public async Task<byte[]> ExchangeAsync(byte[] request)
    {
        await transport.WriteAsync(request, CancellationToken.None);
        int octets = 0;
        while (octets < 3 || octets < (((_input[1] & 7) << 8) | _input[2]) + 2)
        {
            TransportRead read = await transport.ReadAsync(_input.AsMemory(octets), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout();
            octets += read.Count;
        }

        return _input[..octets];
    }

    /// <summary>A client for a whole session, to be run on a thread of its own since it waits there.</summary>
    public ScriptedClient Script(byte client) => new(request => ExchangeAsync(request).GetAwaiter().GetResult(), client);
}
