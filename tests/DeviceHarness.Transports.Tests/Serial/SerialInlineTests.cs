using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Serial;

/// <summary>The same contract when reads go on in the port's own thread.</summary>
public sealed class SerialInlineTests : SerialOverPtyTests
{
    protected override bool CompletesReadsInline => true;

    [Fact]
    public async Task A_port_may_be_disposed_by_what_waited_for_its_read()
    {
        await using PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        SerialPortTransport near = SerialPortTransport.Open(new SerialPortSettings { Path = far.ClientPath, CompletesReadsInline = true });

        Task<int> reader = ReadThenDisposeAsync(near);
        _ = await far.WriteAsync("55".Octets(), CancellationToken.None);
        int count = await reader.DefaultTimeout();

        count.Should().Be(1);
    }

    private static async Task<int> ReadThenDisposeAsync(SerialPortTransport near)
    {
        TransportRead read = await near.ReadAsync(new byte[4], Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
        await near.DisposeAsync();
        return read.Count;
    }
}
