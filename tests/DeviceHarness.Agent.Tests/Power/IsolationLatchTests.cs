using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class IsolationLatchTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly DroppingStorage _disk = new();
    private readonly ScriptedIsolation _input = new();

    [Fact]
    public async Task A_stop_that_was_pulled_and_let_go_between_two_looks_holds_the_bench_off()
    {
        _input.WasIsolated = true;

        (await IsHeldAsync(Ledger())).Should().BeTrue();
    }

    [Fact]
    public async Task It_outlasts_the_agent()
    {
        _input.WasIsolated = true;
        await IsHeldAsync(Ledger());

        (await IsHeldAsync(Ledger())).Should().BeTrue("another process of another agent reads the same disk");
    }

    [Fact]
    public async Task What_a_person_asks_at_the_bench_lets_it_be_switched_on_again()
    {
        _input.WasIsolated = true;
        await IsHeldAsync(Ledger());
        Ledger().AskAcknowledgement();

        (await IsHeldAsync(Ledger())).Should().BeFalse();
        (await IsHeldAsync(Ledger())).Should().BeFalse();
        _disk.List().Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_asked_while_the_bench_is_isolated_is_dropped()
    {
        _input.IsIsolated = true;
        await IsHeldAsync(Ledger());
        Ledger().AskAcknowledgement();
        bool whileIsolated = await IsHeldAsync(Ledger());
        _input.IsIsolated = false;

        whileIsolated.Should().BeTrue();
        (await IsHeldAsync(Ledger())).Should().BeTrue();
    }

    [Fact]
    public async Task What_was_asked_before_the_stop_was_pulled_again_for_a_moment_is_no_answer_to_it()
    {
        _input.WasIsolated = true;
        await IsHeldAsync(Ledger());
        Ledger().AskAcknowledgement();
        _input.WasIsolated = true;

        (await IsHeldAsync(Ledger())).Should().BeTrue();
    }

    [Fact]
    public async Task A_bench_that_never_was_isolated_is_free_whatever_is_pressed()
    {
        _input.WasPressed = true;

        (await IsHeldAsync(Ledger())).Should().BeFalse();
        _disk.List().Should().BeEmpty();
    }

    private SwitchLedger Ledger() => new(_disk, "test-rig", _time);

    private Task<bool> IsHeldAsync(SwitchLedger ledger) =>
        new IsolationLatch(_input, ledger, "test-rig").IsHeldAsync(CancellationToken.None).DefaultTimeout();
}
