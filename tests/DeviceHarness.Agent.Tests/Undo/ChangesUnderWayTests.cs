using DeviceHarness.Agent.Undo;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>A reading is worth something only when the counts before and after it are the same and not null.</summary>
public sealed class ChangesUnderWayTests
{
    private const string Device = "esme-01";
    private const string State = "supply";

    private readonly ChangesUnderWay _changes = new();

    [Fact]
    public void A_reading_that_begins_while_a_change_is_under_way_proves_nothing()
    {
        using IDisposable change = _changes.Begin(Device, State);

        _changes.CountWhenNoneIsUnderWay(Device, State).Should().BeNull();
    }

    [Fact]
    public void A_reading_over_which_a_change_came_and_went_proves_nothing()
    {
        long? before = _changes.CountWhenNoneIsUnderWay(Device, State);
        _changes.Begin(Device, State).Dispose();

        _changes.CountWhenNoneIsUnderWay(Device, State).Should().NotBe(before).And.NotBeNull();
    }

    [Fact]
    public void One_of_two_changes_that_ended_leaves_the_other_under_way()
    {
        using IDisposable first = _changes.Begin(Device, State);
        _changes.Begin(Device, State).Dispose();

        _changes.CountWhenNoneIsUnderWay(Device, State).Should().BeNull();
    }

    [Theory]
    [InlineData("esme-02", State)]
    [InlineData(Device, "payment mode")]
    public void Another_state_or_device_is_counted_by_itself(string device, string state)
    {
        using IDisposable change = _changes.Begin(Device, State);

        _changes.CountWhenNoneIsUnderWay(device, state).Should().Be(0);
    }
}
