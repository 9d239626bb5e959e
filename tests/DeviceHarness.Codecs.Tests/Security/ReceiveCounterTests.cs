using DeviceHarness.Codecs.Security;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class ReceiveCounterTests
{
    private static readonly SystemTitle One = new(0x4142434445464748);
    private static readonly SystemTitle Other = new(0x4D4D4D0000BC614E);

    [Fact]
    public void A_first_counter_of_0_is_taken()
    {
        ReceiveCounter counter = new();

        counter.TryCheck(0, out SecurityFault fault).Should().BeTrue();
        counter.Accept(0);

        fault.Should().Be(SecurityFault.None);
        counter.Last.Should().Be(0);
        counter.Expected.Should().Be(1);
    }

    [Theory]
    [InlineData(16u, SecurityFaultKind.CounterRepeated)]
    [InlineData(15u, SecurityFaultKind.CounterLowered)]
    [InlineData(0u, SecurityFaultKind.CounterLowered)]
    [InlineData(uint.MaxValue, SecurityFaultKind.CounterExhausted)]
    public void A_counter_that_is_not_above_the_last_is_refused_with_the_one_expected(uint value, SecurityFaultKind kind)
    {
        ReceiveCounter counter = new(16);

        counter.TryCheck(value, out SecurityFault fault).Should().BeFalse();

        fault.Should().Be(new SecurityFault(kind, 17, value));
        counter.Last.Should().Be(16);
    }

    [Fact]
    public void A_check_takes_nothing_until_it_is_accepted()
    {
        ReceiveCounter counter = new(1);

        counter.TryCheck(5, out _).Should().BeTrue();
        counter.TryCheck(5, out _).Should().BeTrue();
        counter.Accept(5);

        counter.TryCheck(5, out _).Should().BeFalse();
        counter.TryCheck(6, out _).Should().BeTrue();
    }

    [Fact]
    public void No_counter_follows_the_highest()
    {
        ReceiveCounter counter = new(uint.MaxValue);

        counter.Expected.Should().Be(SendCounter.Exhausted);
        counter.TryCheck(0, out _).Should().BeFalse();
    }

    [Fact]
    public void The_counter_inside_a_proof_lies_between_the_APDU_before_and_the_APDU_around_it()
    {
        ReceiveCounter counter = new(0x11);
        counter.Accept(0x14);

        counter.TryCheckInner(0x11, out SecurityFault before).Should().BeFalse();
        counter.TryCheckInner(0x14, out SecurityFault around).Should().BeFalse();
        counter.TryCheckInner(0x13, out _).Should().BeTrue();
        counter.AcceptInner(0x13);
        counter.TryCheckInner(0x12, out SecurityFault again).Should().BeFalse();

        before.Kind.Should().Be(SecurityFaultKind.CounterLowered);
        around.Kind.Should().Be(SecurityFaultKind.CounterRepeated);
        again.Kind.Should().Be(SecurityFaultKind.CounterLowered);
        counter.Last.Should().Be(0x14);
    }

    [Fact]
    public void The_counter_inside_a_proof_without_an_APDU_around_it_has_to_be_above_the_last()
    {
        ReceiveCounter counter = new(10);

        counter.TryCheckInner(9, out _).Should().BeFalse();
        counter.TryCheckInner(10, out _).Should().BeFalse();
        counter.TryCheckInner(11, out _).Should().BeTrue();
    }

    [Fact]
    public void Each_sender_goes_on_where_the_store_has_it_and_what_is_taken_is_kept_at_once()
    {
        KeptCounters store = new() { [One] = 16 };
        ReceiveCounter counter = new(store);

        counter.Heed(Other);
        counter.TryCheck(3, out _).Should().BeTrue("nothing was kept of it");
        counter.Accept(3);
        counter.Heed(One);
        counter.TryCheck(16, out SecurityFault repeated).Should().BeFalse();
        counter.TryCheck(17, out _).Should().BeTrue();
        counter.Accept(17);
        counter.AcceptInner(17);
        counter.Heed(Other);
        counter.TryCheck(3, out _).Should().BeFalse();

        repeated.Kind.Should().Be(SecurityFaultKind.CounterRepeated);
        store.Saved.Should().Equal([(Other, 3u), (One, 17u)], "a counter that is no higher is not kept again");
    }

    private sealed class KeptCounters : Dictionary<SystemTitle, uint>, IReceivedCounterStore
    {
        public List<(SystemTitle Sender, uint Last)> Saved { get; } = [];

        public uint? LastOf(SystemTitle sender) => TryGetValue(sender, out uint last) ? last : null;

        public void Save(SystemTitle sender, uint last)
        {
            this[sender] = last;
            Saved.Add((sender, last));
        }
    }
}
