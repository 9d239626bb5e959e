using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;
using FluentAssertions;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Tests.Mapping;

/// <summary>An alert on its way from the agent's stream to whoever watches.</summary>
public sealed class AlertMappingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_alert_reaches_the_watcher_as_the_agent_told_it(bool hasTime)
    {
        V1.AttemptEvent told = new()
        {
            ExecutionId = "e1",
            Attempt = 1,
            LeaseNumber = 1,
            Sequence = 3,
            Time = Timestamp.FromDateTimeOffset(Noon),
            AlertReceived = new V1.AlertReceived
            {
                Device = "esme-01",
                Code = "8F35",
                Meaning = "power restored",
                OccurredAt = hasTime ? Timestamp.FromDateTimeOffset(Noon.AddSeconds(-1)) : null,
                Duplicate = true,
            },
        };

        SequencedEvent kept = EventMapping.ToDomain(told);
        V1.StepUpdate? shown = EventMapping.ToStepUpdate(kept, "ALR-01");

        kept.Event.Should().Be(new AlertReceived("esme-01", "8F35", "power restored")
        {
            Time = Noon,
            OccurredAt = hasTime ? Noon.AddSeconds(-1) : null,
            IsDuplicate = true,
        });
        shown!.CaseId.Should().Be("ALR-01");
        shown.Alert.Should().Be(told.AlertReceived);
    }
}
