using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Rfc2217;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Rfc2217;

public sealed class Rfc2217TransportTests : TransportContract
{
    private static readonly LineSetting Usual = new(9600, SerialFormat.EightNone1);

    [Fact]
    public async Task The_line_is_set_as_the_RFC_says_before_an_octet_passes()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using ComPortServer server = new(pair.Far);
        await using Rfc2217Transport port = await OpenAsync(pair, server, new LineSetting(300, SerialFormat.SevenEven1));

        server.Told.Should().StartWith(["FB2C", "FB00", "FD00", "FB03", "FD03"]);
        server.Told.Should().ContainInOrder("010000012C", "0207", "0303", "0401");
        (port.Rate.Baud, port.Rate.BitsPerOctet).Should().Be((300, 10));
    }

    [Fact]
    public async Task The_octet_that_begins_a_command_passes_as_any_other()
    {
        await using TransportEnds ends = Open();

        await ends.Near.WriteAsync("FF 00 FF FF F0".Octets(), CancellationToken.None);
        byte[] there = await ReadAsync(ends.Far, 5);
        await ends.Far.WriteAsync("FF FA 2C FF FF".Octets(), CancellationToken.None);
        byte[] back = await ReadAsync(ends.Near, 5);

        there.ShouldBeHex("FF 00 FF FF F0");
        back.ShouldBeHex("FF FA 2C FF FF");
    }

    [Fact]
    public async Task A_change_in_mid_dialogue_waits_until_the_line_is_free_and_holds_when_the_server_says_so()
    {
        ManualTimeProvider clock = new();
        MemoryTransportPair pair = MemoryTransportPair.Create("line", clock);
        await using ComPortServer server = new(pair.Far);
        await using Rfc2217Transport port = await OpenAsync(pair, server, new LineSetting(300, SerialFormat.EightNone1), clock);
        await port.WriteAsync("06 32 35 32 0D 0A".Octets(), CancellationToken.None);
        await ReadAsync(server, 6);

        bool isTaken = port.TryChangeLine(Usual);
        Task<TransportRead> read = port.ReadAsync(new byte[4], Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(199));
        int early = server.Told.Count(told => told == "0100002580");
        clock.Advance(TimeSpan.FromMilliseconds(2));
        await server.ServeUntilAsync(() => server.Told.Contains("0100002580") && server.Told.Count(told => told == "0401") == 2)
            .DefaultTimeout();
        await server.WriteAsync("7E".Octets(), CancellationToken.None);
        TransportRead answer = await read.DefaultTimeout();

        answer.Count.Should().Be(1, "what came with the server's answer is of the line");
        (isTaken, early).Should().Be((true, 0), "six octets at 300 baud take 200 ms");
        port.Rate.Baud.Should().Be(9600);
    }

    [Fact]
    public async Task A_server_that_sets_another_rate_is_told()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using ComPortServer server = new(pair.Far) { OwnRate = [0, 0, 0x4B, 0] };

        TransportException fault = await FaultOf(pair, server);

        fault.Code.Should().Be("TRAN-003");
        fault.Message.Should().Contain("asked for 00002580, it set 00004B00");
    }

    [Fact]
    public async Task A_server_without_the_option_is_told()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using ComPortServer server = new(pair.Far) { IsServing = false };

        (await FaultOf(pair, server)).Message.Should().Contain("no RFC 2217 server");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_told_after_its_time()
    {
        ManualTimeProvider clock = new();
        MemoryTransportPair pair = MemoryTransportPair.Create("line", clock);
        Task<Rfc2217Transport> opening = Rfc2217Transport.OpenAsync(
            pair.Near, new Rfc2217Settings(Usual) { TimeProvider = clock }, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(5));
        Func<Task> open = () => opening.DefaultTimeout();

        (await open.Should().ThrowAsync<TransportException>()).Which.Message.Should().Contain("does not say whether it serves a port");
    }

    [Fact]
    public void What_is_cut_anywhere_decodes_to_the_same()
    {
        byte[] stream = "41 FF FF 42 FF FD 2C FF FA 2C 65 00 00 25 80 FF F0 43 FF F1 44 FF FA 2C 6B FF FF FF F0 45".Octets();
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            TelnetDecoder decoder = new();
            List<string> told = [];
            byte[] target = new byte[stream.Length];
            void Tell(byte verb, ReadOnlyMemory<byte> what) => told.Add($"{verb:X2}:{Convert.ToHexString(what.Span)}");
            int first = decoder.Decode(stream.AsSpan(0, cut), target, Tell);
            int second = decoder.Decode(stream.AsSpan(cut), target.AsSpan(first), Tell);

            target.AsSpan(0, first + second).ToArray().ShouldBeHex("41 FF 42 43 44 45");
            told.Should().Equal(["FD:2C", "FA:2C6500002580", "FA:2C6BFF"], $"cut at {cut}");
        }
    }

    [Fact]
    public void Hostile_octets_harm_nothing()
    {
        Random random = new(2217);
        TelnetDecoder decoder = new();
        byte[] octets = new byte[64];
        int longest = 0;
        int count = TestSize.Of(100_000, 10_000_000);
        for (int turn = 0; turn < count; turn++)
        {
            random.NextBytes(octets);
            octets[random.Next(octets.Length)] = TelnetDecoder.Interpret;
            octets[random.Next(octets.Length)] = TelnetDecoder.Begin;
            decoder.Decode(octets, octets, (_, what) => longest = Math.Max(longest, what.Length));
        }

        longest.Should().BeLessThanOrEqualTo(TelnetDecoder.MaximumSubnegotiation);
    }

    protected override TransportEnds Open()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        ComPortServer server = new(pair.Far);
        Rfc2217Transport port = OpenAsync(pair, server, Usual).GetAwaiter().GetResult();
        return new TransportEnds(port, server, () =>
        {
            pair.HangUp();
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<Rfc2217Transport> OpenAsync(
        MemoryTransportPair pair, ComPortServer server, LineSetting line, TimeProvider? time = null)
    {
        Task<Rfc2217Transport> opening = Rfc2217Transport.OpenAsync(
            pair.Near, new Rfc2217Settings(line) { TimeProvider = time ?? TimeProvider.System }, CancellationToken.None);
        await server.ServeUntilAsync(() => server.Told.Contains("0C03")).DefaultTimeout().ConfigureAwait(false);
        return await opening.DefaultTimeout().ConfigureAwait(false);
    }

    private static async Task<TransportException> FaultOf(MemoryTransportPair pair, ComPortServer server)
    {
        Task<Rfc2217Transport> opening = Rfc2217Transport.OpenAsync(pair.Near, new Rfc2217Settings(Usual), CancellationToken.None);
        Task serving = server.ServeUntilAsync(() => false);
        Func<Task> open = () => opening.DefaultTimeout();
        TransportException fault = (await open.Should().ThrowAsync<TransportException>()).Which;
        Func<Task> served = () => serving.DefaultTimeout();
        await served.Should().ThrowAsync<TransportException>("the port hung up");
        return fault;
    }

    private static async Task<byte[]> ReadAsync(IByteTransport end, int count)
    {
        byte[] octets = new byte[count];
        for (int got = 0; got < count;)
        {
            TransportRead read = await end.ReadAsync(octets.AsMemory(got), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout();
            got += read.Count;
        }

        return octets;
    }
}
