using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Replay;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Replay;

public sealed class RecordedDeviceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Octets_that_come_as_then_are_answered_as_then_and_after_the_end_the_record_begins_anew()
    {
        await using Line line = new();

        string first = await line.AskAsync("01 02", "11 12 13");
        string second = await line.AskAsync("03", "14");
        string again = await line.AskAsync("01 02", "11 12 13");

        (first, second, again).Should().Be(("111213", "14", "111213"));
        line.Differences.Should().BeEmpty();
    }

    [Fact]
    public async Task The_first_octet_that_differs_is_told_and_a_connection_that_begins_as_the_record_is_answered_again()
    {
        await using Line line = new();

        await line.AskAsync("01 02", "11 12 13");
        await line.WriteAsync("09 09 09");
        string after = await line.AskAsync("01 02", "11 12 13");

        after.Should().Be("111213");
        line.Differences.Should().Equal("piece 4 of 5 differs at octet 0: recorded 03, came 09");
    }

    [Fact]
    public async Task An_octet_that_the_record_masks_matches_whatever_comes()
    {
        await using Line line = new(isSecondMasked: true);

        (await line.AskAsync("01 77", "11 12 13")).Should().Be("111213");
        line.Differences.Should().BeEmpty();
    }

    [Fact]
    public async Task A_connection_goes_on_as_the_recorded_one_whose_octets_fit_wherever_it_stands_in_the_record()
    {
        await using Line line = new($"> {Snrm}; < 73; > 0A; < 1A; > 0B; < 1B; > {Snrm}; < 73; > 0C; < 1C; > {Snrm}; < 74; > 0D; < 1D");

        await line.AskAsync(Snrm, "73");
        string other = await line.AskAsync("0C", "1C");
        string third = await line.AskAsync(Snrm, "74");
        string last = await line.AskAsync("0D", "1D");
        await line.AskAsync(Snrm, "73");
        string first = await line.AskAsync("0A", "1A");

        (other, third, last, first).Should().Be(("1C", "74", "1D", "1A"));
        line.Differences.Should().BeEmpty();
    }

    [Fact]
    public async Task A_recorded_connection_that_was_answered_otherwise_is_not_the_one()
    {
        await using Line line = new($"> {Snrm}; < 73; > 0A; < 1A; > {Snrm}; < 74; > 0B; < 1B");

        await line.AskAsync(Snrm, "73");
        await line.WriteAsync("0B");
        string after = await line.AskAsync(Snrm, "73");

        after.Should().Be("73");
        line.Differences.Should().Equal("piece 3 of 8 differs at octet 0: recorded 0A, came 0B");
    }

    [Fact]
    public async Task After_octets_that_fit_nothing_the_next_recorded_connection_is_due()
    {
        await using Line line = new($"> {Snrm}; < 73; > 0A; < 1A; > 0B; < 1B; > {Snrm}; < 74; > 0C; < 1C");

        await line.AskAsync(Snrm, "73");
        await line.AskAsync("0A", "1A");
        await line.WriteAsync("0F");

        (await line.AskAsync(Snrm, "74")).Should().Be("74");
        (await line.AskAsync("0C", "1C")).Should().Be("1C");
        line.Differences.Should().ContainSingle();
    }

    private const string Snrm = "7E A0 07 03 21 93 0F 01 7E";

    private sealed class Line : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly MemoryTransportPair _pair = MemoryTransportPair.Create();
        private readonly Task _running;

        public Line(bool isSecondMasked = false)
        {
            ReplayPiece[] pieces =
            [
                Piece(WireDirection.ToDevice, "01 02", isSecondMasked), Piece(WireDirection.FromDevice, "11 12"),
                Piece(WireDirection.FromDevice, "13"), Piece(WireDirection.ToDevice, "03"), Piece(WireDirection.FromDevice, "14"),
            ];
            _running = new RecordedDevice(pieces, TimeProvider.System, Differences.Add).RunAsync(_pair.Far, _stopping.Token);
        }

        public Line(string pieces) => _running = new RecordedDevice(
            [
                .. pieces.Split("; ").Select(piece => Piece(
                    piece[0] == '>' ? WireDirection.ToDevice : WireDirection.FromDevice, piece[2..])),
            ],
            TimeProvider.System, Differences.Add).RunAsync(_pair.Far, _stopping.Token);

        public List<string> Differences { get; } = [];

        public async Task WriteAsync(string octets) =>
            await _pair.Near.WriteAsync(Hex(octets), CancellationToken.None).AsTask().DefaultTimeout();

        public async Task<string> AskAsync(string request, string answer)
        {
            await WriteAsync(request);
            byte[] came = new byte[Hex(answer).Length];
            for (int count = 0; count < came.Length;)
            {
                count += (await _pair.Near.ReadAsync(came.AsMemory(count), Timeout.InfiniteTimeSpan, CancellationToken.None)
                    .AsTask().DefaultTimeout()).Count;
            }

            return Convert.ToHexString(came);
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _pair.DisposeAsync();
            _stopping.Dispose();
        }

        private static ReplayPiece Piece(WireDirection direction, string octets, bool isLastMasked = false)
        {
            byte[] octet = Hex(octets);
            return new ReplayPiece(
                direction, Start, octet, [.. octet.Select((_, index) => !isLastMasked || index < octet.Length - 1)]);
        }

        private static byte[] Hex(string octets) => Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));
    }
}
