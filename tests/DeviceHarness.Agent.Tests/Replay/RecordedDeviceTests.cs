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
