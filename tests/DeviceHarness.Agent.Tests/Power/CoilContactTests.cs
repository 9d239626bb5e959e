using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class CoilContactTests
{
    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task A_normally_closed_contact_feeds_while_its_coil_is_not_driven(bool isNormallyClosed, bool isOn, bool isDriven)
    {
        RecordingBoard board = new();

        await new CoilContact(board, channel: 3, isNormallyClosed).SetAsync(isOn, CancellationToken.None).DefaultTimeout();

        board.Told.Should().Equal((3, isDriven));
    }

    private sealed class RecordingBoard : IRelayBoard
    {
        public List<(int Channel, bool IsEnergised)> Told { get; } = [];

        public Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken)
        {
            Told.Add((channel, isEnergised));
            return Task.CompletedTask;
        }

        public Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);
    }
}
