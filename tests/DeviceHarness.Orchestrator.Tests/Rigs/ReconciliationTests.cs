using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class ReconciliationTests
{
    private static readonly AttemptKey Key = new("c.0001", 1, 7);

    [Theory]
    [InlineData(true, true, 0, "resumed")]
    [InlineData(true, true, 9, "resumed")]
    [InlineData(true, false, 9, "tail")]
    [InlineData(true, false, 0, "missing")]
    [InlineData(false, false, 0, "missing")]
    public void A_live_lease_is_resumed_awaited_or_missing(bool isHeld, bool isRunning, long highWater, string expected)
    {
        HeldAttempt[] held = isHeld ? [new HeldAttempt(Key, highWater, isRunning)] : [];

        Reconciliation found = Reconciliation.Of([Live(Key)], held);

        Describe(found).Should().Be(expected);
    }

    [Theory]
    [InlineData(true, "stray")]
    [InlineData(false, "")]
    public void An_attempt_without_a_live_lease_is_a_stray_only_while_it_runs(bool isRunning, string expected)
    {
        Reconciliation found = Reconciliation.Of([], [new HeldAttempt(Key, 3, isRunning)]);

        Describe(found).Should().Be(expected);
    }

    [Fact]
    public void The_same_execution_under_an_older_number_is_another_attempt()
    {
        AttemptKey older = Key with { LeaseNumber = 6 };

        Reconciliation found = Reconciliation.Of([Live(Key)], [new HeldAttempt(older, 3, IsRunning: true)]);

        found.Missing.Should().Equal(Key);
        found.Strays.Should().Equal(older);
    }

    private static LiveLease Live(AttemptKey key) => new(key, "bench-01", "ONE", DateTimeOffset.UnixEpoch);

    private static string Describe(Reconciliation found) => string.Join(' ', new[]
    {
        found.Resumed.Count > 0 ? "resumed" : string.Empty,
        found.Tails.Count > 0 ? "tail" : string.Empty,
        found.Missing.Count > 0 ? "missing" : string.Empty,
        found.Strays.Count > 0 ? "stray" : string.Empty,
    }.Where(text => text.Length > 0));
}
