using DeviceHarness.Rpc.Tests.Calls;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Net.Client;
using Xunit;
using static DeviceHarness.Rpc.Tests.Http2.RawConnection;

namespace DeviceHarness.Rpc.Tests.Http2;

/// <summary>Whatever a peer sends, the server ends that connection or stream with the right word at most, and serves the next
/// call.</summary>
/// <remarks>Codes: 0 none, 1 protocol, 3 flow control, 5 stream closed, 6 frame size, 9 compression, 11 enhance your calm, 13 HTTP/1.1
/// required. Spec: RFC 9113, clause 7.</remarks>
public sealed class Http2MisuseTests : EchoFixture
{
    private const int FloodFrames = 20_000;

    private static readonly Dictionary<string, Func<RawConnection, Task>> Misuses = new()
    {
        ["a preface cut short"] = async peer =>
        {
            await peer.SendAsync(Preface[..10]);
            peer.ShutDownSending();
        },
        ["noise for a preface"] = peer => peer.SendAsync(Noise(1000)),
        ["HTTP/1.1"] = peer => peer.SendAsync("GET / HTTP/1.1\r\nHost: here\r\n\r\n"u8.ToArray()),
        ["TLS"] = peer => peer.SendAsync([.. "16 0301 0200 010001FC 0303".Octets(), .. Noise(500)]),
    };

    private static readonly Dictionary<string, Func<RawConnection, Task>> OpenMisuses = new()
    {
        ["HEADERS twice"] = async peer =>
        {
            await peer.StartCallAsync(1);
            await peer.StartCallAsync(1);
        },
        ["HEADERS on an even stream"] = peer => peer.StartCallAsync(2),
        ["HEADERS on stream 0"] = peer => peer.StartCallAsync(0),
        ["HEADERS on an older stream"] = async peer =>
        {
            await peer.StartCallAsync(5);
            await peer.StartCallAsync(3);
        },
        ["HEADERS that depend on themselves"] = peer =>
            peer.SendAsync(Headers, EndHeaders | 0x20, 1, [0, 0, 0, 1, 0, .. Block(CallHeaders)]),
        ["HEADERS with more padding than frame"] = peer =>
            peer.SendAsync(Headers, EndHeaders | Padded, 1, [255, .. Block(CallHeaders)[..20]]),
        ["HEADERS, then DATA before their end"] = async peer =>
        {
            await peer.StartCallAsync(1, flags: None);
            await peer.SendAsync(Data, EndStream, 1, "00 00000000".Octets());
        },
        ["CONTINUATION of nothing"] = peer => peer.SendAsync(Continuation, EndHeaders, 1, Block(CallHeaders)),
        ["CONTINUATION of another stream"] = async peer =>
        {
            await peer.StartCallAsync(1, flags: None);
            await peer.SendAsync(Continuation, EndHeaders, 3, []);
        },
        ["CONTINUATION without end"] = async peer =>
        {
            await peer.StartCallAsync(1, flags: None);
            await FloodAsync(peer, _ => Frame(Continuation, None, 1, Block([("x-more", new string('x', 100))])));
        },
        ["a header block that is noise"] = peer => peer.SendAsync(Headers, EndHeaders, 1, Enumerable.Repeat((byte)0xFF, 50).ToArray()),
        ["an index past the header table"] = peer => peer.SendAsync(Headers, EndHeaders, 1, [0xFE]),
        ["DATA on stream 0"] = peer => peer.SendAsync(Data, None, 0, [1]),
        ["DATA on a stream that was never opened"] = peer => peer.SendAsync(Data, None, 7, [1]),
        ["DATA with more padding than frame"] = async peer =>
        {
            await peer.StartCallAsync(1);
            await peer.SendAsync(Data, Padded, 1, [10, 0, 0]);
        },
        ["DATA past the window"] = async peer =>
        {
            await peer.StartCallAsync(1, "Chat");
            await peer.SendAsync(Data, None, 1, RawClient.FrameOctets(new EchoRequest { Hang = true }));
            await FloodAsync(peer, _ => Frame(Data, None, 1, new byte[16_384]), frames: 1000);
        },
        ["a frame longer than was agreed"] = async peer =>
        {
            await peer.StartCallAsync(1);
            await peer.SendAsync(Data, None, 1, new byte[16_385]);
        },
        ["a frame of 16 MB less one"] = async peer =>
        {
            await peer.StartCallAsync(1);
            await peer.SendAsync(Frame(Data, None, 1, new byte[100], statedLength: 0xFFFFFF));
        },
        ["SETTINGS of a wrong size"] = peer => peer.SendAsync(Settings, None, 0, [0, 1, 0]),
        ["SETTINGS on a stream"] = peer => peer.SendAsync(Settings, None, 1, []),
        ["SETTINGS acknowledged with content"] = peer => peer.SendAsync(Settings, Ack, 0, [0, 1, 0, 0, 0, 0]),
        ["SETTINGS with a bad value"] = peer => peer.SendAsync(Settings, None, 0, [0, 2, 0, 0, 0, 9]),
        ["SETTINGS with a window too large"] = peer => peer.SendAsync(Settings, None, 0, [0, 4, 0xFF, 0xFF, 0xFF, 0xFF]),
        ["PING of a wrong size"] = peer => peer.SendAsync(Ping, None, 0, [1, 2, 3]),
        ["PING on a stream"] = peer => peer.SendAsync(Ping, None, 1, new byte[8]),
        ["WINDOW_UPDATE of nothing"] = peer => peer.SendAsync(WindowUpdate, None, 0, [0, 0, 0, 0]),
        ["WINDOW_UPDATE past the largest window"] = async peer =>
        {
            await peer.SendAsync(WindowUpdate, None, 0, [0x7F, 0xFF, 0xFF, 0xFF]);
            await peer.SendAsync(WindowUpdate, None, 0, [0x7F, 0xFF, 0xFF, 0xFF]);
        },
        ["RST_STREAM of a stream that was never opened"] = peer => peer.SendAsync(ResetStream, None, 9, [0, 0, 0, 8]),
        ["RST_STREAM of a wrong size"] = peer => peer.SendAsync(ResetStream, None, 1, [0]),
        ["PRIORITY of a wrong size"] = peer => peer.SendAsync(Priority, None, 1, [0]),
        ["PUSH_PROMISE"] = peer => peer.SendAsync(PushPromise, EndHeaders, 1, [0, 0, 0, 2, .. Block(CallHeaders)]),
        ["GOAWAY on a stream"] = peer => peer.SendAsync(GoAway, None, 1, new byte[8]),
        ["calls and resets without end"] = peer => FloodAsync(peer, number =>
        [
            .. Frame(Headers, EndHeaders, (2 * number) + 1, Block(Call("Chat"))),
            .. Frame(ResetStream, None, (2 * number) + 1, [0, 0, 0, 8]),
        ]),
        ["more headers than anybody needs"] = async peer =>
        {
            await peer.StartCallAsync(1, flags: None);
            await FloodAsync(peer, _ => Frame(Continuation, None, 1, Block([("x-more", new string('x', 16_000))])), frames: 100);
        },
    };

    private static readonly
        Dictionary<string, Func<List<(string Name, string Value)>, IEnumerable<(string Name, string Value)>>> BadHeaders = new()
        {
            ["no method"] = headers => headers.Where(header => header.Name != ":method"),
            ["no path"] = headers => headers.Where(header => header.Name != ":path"),
            ["two paths"] = headers => headers.Prepend((":path", "/other")),
            ["an unknown pseudo-header"] = headers => headers.Prepend((":colour", "blue")),
            ["a pseudo-header after the others"] = headers => headers.Where(header => header.Name != ":path").Append((":path", "/late")),
            ["a capital letter"] = headers => headers.Append(("X-Big", "1")),
            ["a connection header"] = headers => headers.Append(("connection", "close")),
            ["a TE other than trailers"] = headers => headers.Where(header => header.Name != "te").Append(("te", "gzip")),
        };

    public static TheoryData<string, string> Openings => new()
    {
        // A peer that leaves before it said anything broke no rule: the goodbye, where it still goes out, names no error.
        { "a preface cut short", "GOAWAY 0" },
        { "noise for a preface", "GOAWAY 1" },
        { "HTTP/1.1", "GOAWAY 13" },
        { "TLS", "GOAWAY 1" },
    };

    public static TheoryData<string, string> Breaches => new()
    {
        { "HEADERS twice", "GOAWAY 1" },
        { "HEADERS on an even stream", "GOAWAY 1" },
        { "HEADERS on stream 0", "GOAWAY 1" },
        { "HEADERS on an older stream", "GOAWAY 5" },
        { "HEADERS that depend on themselves", "GOAWAY 1" },
        { "HEADERS with more padding than frame", "GOAWAY 1" },
        { "HEADERS, then DATA before their end", "GOAWAY 1" },
        { "CONTINUATION of nothing", "GOAWAY 1" },
        { "CONTINUATION of another stream", "GOAWAY 1" },
        { "a header block that is noise", "GOAWAY 9" },
        { "an index past the header table", "GOAWAY 9" },
        { "DATA on stream 0", "GOAWAY 1" },
        { "DATA on a stream that was never opened", "GOAWAY 1" },
        { "DATA with more padding than frame", "GOAWAY 1" },
        { "a frame longer than was agreed", "GOAWAY 6" },
        { "a frame of 16 MB less one", "GOAWAY 6" },
        { "SETTINGS of a wrong size", "GOAWAY 6" },
        { "SETTINGS on a stream", "GOAWAY 1" },
        { "SETTINGS acknowledged with content", "GOAWAY 6" },
        { "SETTINGS with a bad value", "GOAWAY 1" },
        { "SETTINGS with a window too large", "GOAWAY 3" },
        { "PING of a wrong size", "GOAWAY 6" },
        { "PING on a stream", "GOAWAY 1" },
        { "WINDOW_UPDATE of nothing", "GOAWAY 1" },
        { "WINDOW_UPDATE past the largest window", "GOAWAY 3" },
        { "RST_STREAM of a stream that was never opened", "GOAWAY 1" },
        { "RST_STREAM of a wrong size", "GOAWAY 6" },
        { "PRIORITY of a wrong size", "GOAWAY 6" },
        { "PUSH_PROMISE", "GOAWAY 1" },
        { "GOAWAY on a stream", "GOAWAY 1" },
    };

    public static TheoryData<string, string> Floods => new()
    {
        { "CONTINUATION without end", "GOAWAY 1" },
        { "DATA past the window", "GOAWAY 3" },
        { "calls and resets without end", "GOAWAY 11" },
        { "more headers than anybody needs", "GOAWAY 1" },
    };

    public static TheoryData<string> HeaderBreaches => [.. BadHeaders.Keys];

    [Theory]
    [MemberData(nameof(Openings))]
    public async Task A_connection_that_opens_wrongly_is_closed(string misuse, string end)
    {
        await using RawConnection peer = await DialAsync(Host.Address);

        await Misuses[misuse](peer).DefaultTimeout();

        (await peer.ReadEndAsync().DefaultTimeout()).Should().BeOneOf(end, "CLOSED");
        await ServesTheNextAsync();
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_connection_that_breaks_the_rules_is_ended(string misuse, string end)
    {
        await using RawConnection peer = await OpenAsync(Host.Address);

        await OpenMisuses[misuse](peer).DefaultTimeout();

        (await peer.ReadEndAsync().DefaultTimeout()).Should().Be(end);
        await ServesTheNextAsync();
    }

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task A_flood_is_cut_off(string misuse, string end)
    {
        await using RawConnection peer = await OpenAsync(Host.Address);
        // On a busy machine the server refuses single streams (RST_STREAM) before it gives the connection up.
        Task<string> ended = peer.ReadConnectionEndAsync();

        await OpenMisuses[misuse](peer).DefaultTimeout();

        // What is still on the way when the server closes makes the system reset the connection, which may cost its last word.
        (await ended.DefaultTimeout()).Should().BeOneOf(end, "CLOSED");
        await ServesTheNextAsync();
    }

    [Fact]
    public async Task Frames_of_unknown_types_are_ignored()
    {
        await using RawConnection peer = await OpenAsync(Host.Address);
        await peer.SendAsync(0xEE, 0xFF, 0, 1, 2, 3);
        await peer.StartCallAsync(1);
        await peer.SendAsync(0xEE, 0xFF, 1, 1, 2, 3);
        await peer.SendAsync(Data, EndStream, 1, "00 00000000".Octets());

        (await peer.ReadEndAsync().DefaultTimeout()).Should().Be("END");
    }

    [Fact]
    public async Task DATA_after_the_end_of_a_stream_is_an_error_of_that_stream()
    {
        await using RawConnection peer = await OpenAsync(Host.Address);
        await peer.StartCallAsync(1, "Chat", EndHeaders | EndStream);
        await peer.SendAsync(Data, None, 1, "00 00000000".Octets());

        // The empty call may have ended before the late frame was read.
        (await peer.ReadEndAsync().DefaultTimeout()).Should().BeOneOf("GOAWAY 5", "END");
        await ServesTheNextAsync();
    }

    [Theory]
    [InlineData("content-type")]
    [InlineData("te")]
    public async Task A_request_without_a_header_of_the_protocol_is_answered(string missing)
    {
        await using RawConnection peer = await OpenAsync(Host.Address);
        await peer.SendAsync(Headers, EndHeaders, 1, Block(CallHeaders.Where(header => header.Name != missing)));
        await peer.SendAsync(Data, EndStream, 1, "00 00000000".Octets());

        (await peer.ReadEndAsync().DefaultTimeout()).Should().Be("END");
        await ServesTheNextAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(12)]
    public async Task A_connection_cut_inside_a_frame_cancels_its_call(int octetsOfTheFrame)
    {
        RawConnection peer = await OpenAsync(Host.Address);
        await peer.StartCallAsync(1, "Chat");
        await Host.Record.WaitForAsync("begin Chat").DefaultTimeout();
        await peer.SendAsync(Frame(Data, None, 1, new byte[20])[..octetsOfTheFrame]);

        peer.Cut();

        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
        await ServesTheNextAsync();
    }

    [Fact]
    public async Task A_client_that_says_goodbye_in_the_middle_of_a_call_gets_its_answer()
    {
        await using RawConnection peer = await OpenAsync(Host.Address);
        await peer.StartCallAsync(1);
        await peer.SendAsync(GoAway, None, 0, new byte[8]);
        await peer.SendAsync(Data, EndStream, 1, "00 00000000".Octets());

        (await peer.ReadEndAsync().DefaultTimeout()).Should().BeOneOf("END", "GOAWAY 0");
        await ServesTheNextAsync();
    }

    [Theory]
    [MemberData(nameof(HeaderBreaches))]
    public async Task A_stream_with_headers_against_the_rules_is_reset(string fault)
    {
        await using RawConnection peer = await OpenAsync(Host.Address);

        await peer.SendAsync(Headers, EndHeaders, 1, Block(BadHeaders[fault](CallHeaders)));

        (await peer.ReadEndAsync().DefaultTimeout()).Should().BeOneOf("RESET 1", "GOAWAY 1");
        await ServesTheNextAsync();
    }

    private static byte[] Noise(int octets)
    {
        byte[] noise = new byte[octets];
        new Random(6031).NextBytes(noise);
        return noise;
    }

    private static async Task FloodAsync(RawConnection peer, Func<int, byte[]> frame, int frames = FloodFrames)
    {
        try
        {
            for (int number = 0; number < frames; number++)
            {
                await peer.SendAsync(frame(number));
            }
        }
        catch (IOException)
        {
            // The server has closed the connection: just what it should do.
        }
    }

    private async Task ServesTheNextAsync()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address);
        EchoReply reply = await new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { Number = 7 })
            .ResponseAsync.DefaultTimeout();
        reply.Number.Should().Be(7);
    }
}
