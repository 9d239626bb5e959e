using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>A meter that loses its supply, by the power port, at every block of an image, while it verifies and while it activates; what it
/// was told is read from its own log of commands.</summary>
public sealed class BlockPowerCutTests
{
    private const string OldVersion = "4.2.0";
    private const int Blocks = 7;

    private static readonly Eui64 Device = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly FirmwareImage Image = TestImage.Of(320);

    public static TheoryData<int, bool> EveryBlock()
    {
        TheoryData<int, bool> cuts = [];
        for (int block = 0; block < Blocks; block++)
        {
            cuts.Add(block, false);
            cuts.Add(block, true);
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(EveryBlock))]
    public async Task A_transfer_that_loses_the_supply_at_a_block_goes_on_at_the_first_missing_one(int block, bool isOnlyTheAnswerLost)
    {
        await using CutBench bench = new();
        bench.CutAt(FirmwareMoment.Block, block, TimeSpan.Zero, losesAnswer: isOnlyTheAnswerLost);

        SrvResult delivery = await DeliverAsync(bench);
        SrvResult activation = await ActivateAsync(bench);

        using AssertionScope scope = new();
        bench.Interruptions.Should().Be(1);
        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivery.Outcome.Detail);
        delivery.Outcome.Detail.Should().Contain($"{Blocks} blocks").And.Contain("begun 1 times, resumed 1 times");
        bench.BlocksTaken.Should().Equal(Enumerable.Range(0, Blocks), "no block is sent to the meter that it holds");
        bench.Invoked(1).Should().Be(1, "the transfer is begun once");
        VersionOf(activation).Should().Be(TestImage.Version);
        bench.Invoked(4).Should().Be(1);
    }

    [Fact]
    public async Task A_meter_that_forgets_its_blocks_is_sent_them_again()
    {
        await using CutBench bench = new(EsmeDefects.ResumeForgets);
        bench.CutAt(FirmwareMoment.Block, Blocks - 1, TimeSpan.Zero);

        SrvResult delivery = await DeliverAsync(bench);

        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivery.Outcome.Detail);
        bench.BlocksTaken.Should().Equal(Enumerable.Range(0, Blocks - 1).Concat(Enumerable.Range(0, Blocks)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2000, 0)]
    [InlineData(2000, 1000)]
    [InlineData(2000, 2500)]
    public async Task A_meter_that_loses_its_supply_while_it_verifies_is_asked_again_and_is_sent_nothing(int verifies, int cutAfter)
    {
        await using CutBench bench = new(update: options => options with { VerifyTime = TimeSpan.FromMilliseconds(verifies) });
        bench.CutAt(FirmwareMoment.Verification, 0, TimeSpan.FromMilliseconds(cutAfter));

        SrvResult delivery = await DeliverAsync(bench);
        SrvResult activation = await ActivateAsync(bench);

        using AssertionScope scope = new();
        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivery.Outcome.Detail);
        bench.BlocksTaken.Should().Equal(Enumerable.Range(0, Blocks));
        VersionOf(activation).Should().Be(TestImage.Version);
    }

    // The restart begins 200 ms after the answer to 11.3 and takes a second.
    [Theory]
    [InlineData(0, false, TestImage.Version)]
    [InlineData(100, false, TestImage.Version)]
    [InlineData(199, false, TestImage.Version)]
    [InlineData(500, false, TestImage.Version)]
    [InlineData(1150, false, TestImage.Version)]
    [InlineData(1250, false, TestImage.Version)]
    [InlineData(0, true, OldVersion)]
    [InlineData(199, true, OldVersion)]
    [InlineData(500, true, OldVersion)]
    [InlineData(1150, true, OldVersion)]
    [InlineData(1250, true, TestImage.Version)]
    public async Task A_meter_that_loses_its_supply_while_it_activates_runs_one_of_the_two_and_the_driver_says_which(
        int cutAfter, bool isUndone, string version)
    {
        await using CutBench bench = new(update: options => options with { IsUndoneByPowerCut = isUndone });
        bench.CutAt(FirmwareMoment.Activation, 0, TimeSpan.FromMilliseconds(cutAfter));
        _ = await DeliverAsync(bench);

        SrvResult activation = await ActivateAsync(bench);
        SrvResult after = await bench.ExecuteAsync(new ReadFirmwareVersion());

        using AssertionScope scope = new();
        bench.Interruptions.Should().Be(1);
        VersionOf(activation).Should().Be(version, activation.Outcome.Detail);
        VersionOf(after).Should().Be(version);
        activation.Outcome.Kind.Should().Be(version == OldVersion ? DeviceOutcomeKind.Refused : DeviceOutcomeKind.Done);
        bench.Invoked(4).Should().Be(1, "an activation is never sent twice");
    }

    [Fact]
    public async Task A_meter_that_never_starts_again_is_silent_and_nothing_is_said_of_its_version()
    {
        await using CutBench bench = new(EsmeDefects.BrickedByPowerCut);
        bench.CutAt(FirmwareMoment.Activation, 0, TimeSpan.FromMilliseconds(100));
        _ = await DeliverAsync(bench);

        SrvResult activation = await ActivateAsync(bench);

        activation.Outcome.Kind.Should().BeOneOf(DeviceOutcomeKind.NoAnswer, DeviceOutcomeKind.Unreachable);
        activation.Outcome.Body.Should().BeNull();
        bench.Invoked(4).Should().Be(1);
    }

    private static Task<SrvResult> DeliverAsync(CutBench bench) =>
        bench.ExecuteAsync(new UpdateFirmware(Image, TestImage.Version, [Device]));

    private static Task<SrvResult> ActivateAsync(CutBench bench) => bench.ExecuteAsync(new ActivateFirmware(Image.Hash));

    private static string? VersionOf(SrvResult result) => result.Outcome.Body?.Values.GetValueOrDefault("FirmwareVersion");
}
