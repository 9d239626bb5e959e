using DeviceHarness.Abstractions.Wire;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Faulty;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Faulty;

public sealed class FaultStageTests
{
    private const string Everything =
        "seed=11,loss=0.01,flip=0.01,duplicate=0.01,garbage=0.01,delay=0.01,stall=0.01,wrong-baud=0.002";

    private readonly List<FaultRecord> _log = [];

    [Fact]
    public void The_same_octets_meet_the_same_faults_whatever_pieces_they_come_in()
    {
        byte[] octets = Octets(100_000);
        (byte[] whole, FaultRecord[] faults) = Run(Everything, [octets]);

        foreach (int size in new[] { 1, 7, 64, 4095 })
        {
            (byte[] pieces, FaultRecord[] again) = Run(Everything, octets.Chunk(size));

            pieces.AsSpan().SequenceEqual(whole).Should().BeTrue("pieces of {0}", size);
            again.Should().Equal(faults, "pieces of {0}", size);
        }
    }

    [Theory]
    [InlineData(FaultKind.Loss, "loss")]
    [InlineData(FaultKind.Flip, "flip")]
    [InlineData(FaultKind.Duplicate, "duplicate")]
    [InlineData(FaultKind.Garbage, "garbage")]
    [InlineData(FaultKind.Delay, "delay")]
    [InlineData(FaultKind.Stall, "stall")]
    public void A_rate_strikes_about_its_share_of_the_octets_and_no_other_kind(FaultKind kind, string name)
    {
        (_, FaultRecord[] faults) = Run($"seed=3,{name}=0.01", [Octets(100_000)]);

        faults.Length.Should().BeInRange(800, 1200);
        faults.Should().OnlyContain(fault => fault.Kind == kind && fault.Direction == WireDirection.FromDevice);
    }

    [Fact]
    public void Another_seed_and_the_other_direction_strike_other_octets()
    {
        FaultRecord[] one = Run("seed=1,loss=0.01", [Octets(10_000)]).Faults;
        FaultRecord[] other = Run("seed=2,loss=0.01", [Octets(10_000)]).Faults;
        FaultPlan plan = Plan("seed=1,loss=0.01");

        one.Select(fault => fault.Index).Should().NotEqual(other.Select(fault => fault.Index));
        Enumerable.Range(0, 10_000).Count(index => plan.Strikes(WireDirection.ToDevice, FaultKind.Loss, index)
            && plan.Strikes(WireDirection.FromDevice, FaultKind.Loss, index)).Should().BeLessThan(20);
    }

    [Fact]
    public void A_fault_at_an_octet_does_what_its_kind_says()
    {
        Run("loss@1", ["01 02 03".Octets()]).Octets.ShouldBeHex("01 03");
        Run("duplicate@1", ["01 02 03".Octets()]).Octets.ShouldBeHex("01 02 02 03");
        byte[] flipped = Run("flip@1", ["01 02 03".Octets()]).Octets;
        byte[] garbage = Run("garbage@1", ["01 02 03".Octets()]).Octets;
        byte[] spoiled = Run("wrong-baud@1", [Octets(20)]).Octets;

        System.Numerics.BitOperations.PopCount((uint)(flipped[1] ^ 2)).Should().Be(1);
        garbage.Length.Should().BeInRange(4, 11);
        (garbage[1], garbage[^1]).Should().Be((2, 3));
        spoiled.Select((octet, index) => octet != Octets(20)[index]).Should().Equal(
            Enumerable.Range(0, 20).Select(index => index is >= 1 and <= 16));
    }

    [Fact]
    public void A_hang_up_ends_the_line_before_its_octet()
    {
        FaultStage stage = new(Plan("hang-up@2"), WireDirection.FromDevice, _log.Add);

        byte[] first = [.. stage.Apply("01 02 03".Octets()).SelectMany(piece => piece.Octets)];

        first.ShouldBeHex("01 02");
        stage.IsHungUp.Should().BeTrue();
    }

    [Fact]
    public void Only_one_direction_is_struck_when_the_plan_says_so()
    {
        Run("loss=1,only=to", ["01 02".Octets()]).Octets.ShouldBeHex("01 02");
        Run("loss=1,only=from", ["01 02".Octets()]).Octets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("loss=2")]
    [InlineData("loss=-1")]
    [InlineData("lost=0.1")]
    [InlineData("flip@-1")]
    [InlineData("seed=x")]
    [InlineData("only=both")]
    [InlineData("loss")]
    public void A_wrong_plan_is_told_with_what_is_allowed(string text)
    {
        FaultPlan.TryParse($"seed=1,{text}", out _, out string problem).Should().BeFalse();

        problem.Should().Contain($"'{text}'").And.Contain("wrong-baud");
    }

    internal static FaultPlan Plan(string text)
    {
        FaultPlan.TryParse(text, out FaultPlan plan, out string problem).Should().BeTrue(problem);
        return plan;
    }

    private static byte[] Octets(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)(index * 31))];

    private static (byte[] Octets, FaultRecord[] Faults) Run(string plan, IEnumerable<byte[]> pieces)
    {
        List<FaultRecord> faults = [];
        FaultStage stage = new(Plan(plan), WireDirection.FromDevice, faults.Add);
        byte[] octets = [.. pieces.SelectMany(piece => stage.Apply(piece)).SelectMany(piece => piece.Octets)];
        return (octets, [.. faults]);
    }
}
