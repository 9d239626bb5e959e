using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class SendCounterTests
{
    [Fact]
    public void Each_counter_is_given_once_and_is_reserved_before()
    {
        CounterMemory memory = new();
        SendCounter counter = new(10, memory, reservation: 3);
        List<uint> given = [];
        for (int round = 0; round < 7; round++)
        {
            counter.TryTake(out uint value).Should().BeTrue();
            given.Add(value);

            memory.Saved[^1].Should().BeGreaterThan(value, "the store knew of it before it was used");
        }

        given.Should().Equal(10, 11, 12, 13, 14, 15, 16);
        memory.Saved.Should().Equal(13, 16, 19);
        counter.Next.Should().Be(17);
    }

    [Fact]
    public void After_a_crash_no_counter_is_given_again()
    {
        CounterMemory memory = new();
        SendCounter before = new(0, memory);
        before.TryTake(out uint last);

        SendCounter after = new(memory.Saved[^1], memory);
        after.TryTake(out uint first).Should().BeTrue();

        first.Should().BeGreaterThan(last).And.Be(SendCounter.DefaultReservation);
    }

    [Fact]
    public void A_store_that_fails_leaves_the_counter_unused()
    {
        FailingStore store = new();
        SendCounter counter = new(5, store);
        Action take = () => counter.TryTake(out _);

        take.Should().Throw<InvalidOperationException>();
        store.IsFailing = false;
        counter.TryTake(out uint value).Should().BeTrue();

        value.Should().Be(5);
    }

    [Fact]
    public void The_last_counter_is_never_given()
    {
        CounterMemory memory = new();
        SendCounter counter = new(SendCounter.Exhausted - 2, memory);

        counter.TryTake(out uint first).Should().BeTrue();
        counter.TryTake(out uint second).Should().BeTrue();
        counter.TryTake(out _).Should().BeFalse();
        counter.TryTake(out _).Should().BeFalse();

        (first, second).Should().Be((0xFFFF_FFFD, 0xFFFF_FFFE));
        memory.Saved.Should().Equal(SendCounter.Exhausted);
    }

    [Fact]
    public void It_skips_to_what_the_receiver_expects_and_never_back()
    {
        CounterMemory memory = new();
        SendCounter counter = new(5, memory);

        counter.TryRaiseTo(5).Should().BeFalse();
        counter.TryRaiseTo(4).Should().BeFalse();
        counter.TryRaiseTo(1000).Should().BeTrue();
        counter.TryTake(out uint value);

        value.Should().Be(1000);
        memory.Saved.Should().Equal(1000 + SendCounter.DefaultReservation);
    }

    [Fact]
    public void A_reservation_has_at_least_one_counter()
    {
        Action wrong = () => _ = new SendCounter(0, new CounterMemory(), reservation: 0);

        wrong.Should().Throw<ArgumentOutOfRangeException>();
    }

    private sealed class FailingStore : IInvocationCounterStore
    {
        public bool IsFailing { get; set; } = true;

        public void Save(uint firstFree)
        {
            if (IsFailing)
            {
                throw new InvalidOperationException("disk full");
            }
        }
    }
}
