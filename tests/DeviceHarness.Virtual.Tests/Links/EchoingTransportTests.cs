using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Links;

public sealed class EchoingTransportTests
{
    [Fact]
    public async Task The_client_gets_back_what_it_sent_before_the_answer()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        await using EchoingTransport far = new(pair.Far);
        using CancellationTokenSource stop = new();
        VirtualEsme meter = new("esme-01", EsmeFixture.DefaultModel(), TimeProvider.System);
        Task pump = meter.RunAsync(new VirtualLine(far), stop.Token);
        byte[] request = ClientFrames.Snrm();

        await pair.Near.WriteAsync(request, CancellationToken.None);
        byte[] got = new byte[request.Length + 32];
        for (int count = 0; count < got.Length;)
        {
            TransportRead read = await pair.Near.ReadAsync(got.AsMemory(count), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout();
            count += read.Count;
        }

        got[..request.Length].Should().Equal(request);
        ClientFrames.Parse(got.AsSpan(request.Length)).Single().Control.Should().Be(0x73);
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => pump.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
    }
}
