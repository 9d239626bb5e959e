using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class WatchedCoilTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedHand _hand;

    public WatchedCoilTests() => _hand = new ScriptedHand(_time);

    [Fact]
    public async Task A_press_is_what_the_line_at_the_contact_stamped()
    {
        using WatchedCoil coil = Coil();

        Task<IReadOnlyList<ContactMove>> press = coil.PressAsync(Hold, CancellationToken.None);
        _hand.Told.Should().Equal("on");
        _time.Advance(Hold);
        IReadOnlyList<ContactMove> moves = await press.DefaultTimeout();

        moves.Should().Equal(
            new ContactMove("the button", "gpio", IsActive: true, new ContactEdge(1, 1_000)),
            new ContactMove("the button", "gpio", IsActive: false, new ContactEdge(2, 2_000)));
        _hand.Told.Should().Equal("on", "off");
    }

    [Fact]
    public async Task Where_nothing_looks_at_the_contact_no_stamp_is_told()
    {
        using WatchedCoil coil = new(_hand, sight: null, "the button", _time);

        ContactMove closed = await coil.CloseAsync(CancellationToken.None).DefaultTimeout();
        ContactMove let = await coil.LetGoAsync().DefaultTimeout();

        (closed.Seen, let.Seen).Should().Be((null, null));
        _hand.Told.Should().Equal("on", "off");
    }

    [Fact]
    public async Task A_contact_that_does_not_follow_is_told_and_let_go()
    {
        _hand.Follow = _ => [];
        using WatchedCoil coil = Coil();

        Func<Task> press = () => coil.PressAsync(Hold, CancellationToken.None).DefaultTimeout();

        TransportException fault = (await press.Should().ThrowAsync<TransportException>()).Which;
        (fault.Code, _time.GetElapsedTime(0)).Should().Be(("POWER-008", WatchedCoil.MoveTime));
        fault.Message.Should().StartWith("the button: its contact was told to close").And.Contain("'seen-by'");
        _hand.Told.Should().Equal("on", "off");
    }

    [Fact]
    public async Task A_level_without_a_change_of_its_own_is_no_press()
    {
        _hand.Follow = isActive =>
        {
            _hand.StandAt(isActive);
            return [];
        };
        using WatchedCoil coil = Coil();

        Func<Task> close = () => coil.CloseAsync(CancellationToken.None).DefaultTimeout();

        (await close.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("POWER-008");
    }

    [Fact]
    public async Task A_contact_that_bounces_is_pressed_when_it_first_closed_and_stands_where_it_came_to_rest()
    {
        _hand.Follow = isActive => [isActive, !isActive, isActive];
        using WatchedCoil coil = Coil();

        ContactMove closed = await coil.CloseAsync(CancellationToken.None).DefaultTimeout();

        closed.Seen.Should().Be(new ContactEdge(1, 1_000));
    }

    [Fact]
    public async Task A_contact_that_falls_back_does_not_stand()
    {
        _hand.Follow = isActive => isActive ? [true, false] : [];
        using WatchedCoil coil = Coil();

        Func<Task> close = () => coil.CloseAsync(CancellationToken.None).DefaultTimeout();

        (await close.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("POWER-008");
    }

    [Fact]
    public async Task A_contact_that_is_closed_before_anybody_drives_it_is_stuck_and_is_not_driven()
    {
        _hand.Move(isActive: true);
        using WatchedCoil coil = Coil();

        Func<Task> press = () => coil.PressAsync(Hold, CancellationToken.None).DefaultTimeout();

        (await press.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("POWER-009");
        _hand.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_press_that_is_cancelled_lets_go()
    {
        using CancellationTokenSource cancel = new();
        using WatchedCoil coil = Coil();
        Task<IReadOnlyList<ContactMove>> press = coil.PressAsync(Hold, cancel.Token);

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => press.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
        _hand.Told.Should().Equal("on", "off");
    }

    [Fact]
    public async Task A_line_that_cannot_be_looked_at_any_more_keeps_nobody_from_letting_go()
    {
        using WatchedCoil coil = Coil();
        _ = await coil.CloseAsync(CancellationToken.None).DefaultTimeout();
        _hand.Blindness = new TransportException("GPIO-004", "the line is gone", "line");

        Func<Task> release = () => coil.LetGoAsync().DefaultTimeout();

        (await release.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("GPIO-004");
        _hand.Told.Should().Equal("on", "off");
    }

    [Fact]
    public async Task What_was_never_held_is_let_go_at_once()
    {
        using WatchedCoil coil = Coil();

        ContactMove let = await coil.LetGoAsync().DefaultTimeout();

        let.Should().Be(new ContactMove("the button", "gpio", IsActive: false, Seen: null));
        _time.GetElapsedTime(0).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_line_that_was_taken_anew_meanwhile_counts_from_one()
    {
        _hand.Move(isActive: true);
        _hand.Move(isActive: false);
        _hand.Follow = isActive =>
        {
            _hand.Source = "run 2";
            return [isActive];
        };
        using WatchedCoil coil = Coil();

        ContactMove closed = await coil.CloseAsync(CancellationToken.None).DefaultTimeout();

        closed.Seen.Should().NotBeNull();
    }

    private WatchedCoil Coil() => new(_hand, _hand, "the button", _time);
}
