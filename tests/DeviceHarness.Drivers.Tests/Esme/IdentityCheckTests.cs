using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Tests.Esme.Reads;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>Who a meter says that it is, before a critical request: its device ID, 0-0:96.1.0.255, in octets written by hand.</summary>
public sealed class IdentityCheckTests
{
    private const string Place = "0001 0000600100FF 02";
    private const string Mine = "09 0A 32364530303030303031";
    private const string Other = "09 0A 32364530303030303032";
    private const string Armed = "ACTION 000900000A006AFF01 120036";

    private static readonly ExpectedIdentity Expected = new(Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), "26E0000001");

    [Theory]
    [InlineData(Mine)]
    [InlineData("0A 0A 32366530303030303031")]
    [InlineData("09 0C 32364530303030303031 20 00")]
    [InlineData("09 08 90B3D51F300000A0")]
    [InlineData("0A 17 39302D42332D44352D31462D33302D30302D30302D4130")]
    public async Task A_critical_request_goes_to_the_device_of_the_rig_file_that_is_asked_once_in_an_association(string told)
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, told);

        await bench.RunAsync(new ArmSupply());
        SrvResult again = await bench.RunAsync(new ArmSupply());

        again.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        bench.Changes.Should().Equal(Armed, Armed);
        bench.Meter.Requests.Should().HaveCount(4, "AARQ, one GET and two ACTIONs");
    }

    [Theory]
    [InlineData(Other, "26E0000001", "26E0000002")]
    [InlineData("09 08 90B3D51F300000A1", "90-B3-D5-1F-30-00-00-A0", "90-B3-D5-1F-30-00-00-A1")]
    [InlineData("0A 17 39302D42332D44352D31462D33302D30302D30302D4131", "90-B3-D5-1F-30-00-00-A0", "90-B3-D5-1F-30-00-00-A1")]
    public async Task Nothing_critical_goes_to_another(string told, string expected, string found)
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, told);

        Func<Task> arm = () => bench.RunAsync(new ArmSupply());

        (await arm.Should().ThrowAsync<WrongDeviceException>()).Which.Should().BeEquivalentTo(
            new { Expected = expected, Found = found, Code = "DRIV-004", IsTransient = false });
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_meter_that_was_swapped_while_the_line_was_down_is_found()
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, Mine);
        await bench.RunAsync(new ArmSupply());

        await bench.Driver.DisconnectAsync(CancellationToken.None);
        bench.With(Place, Other);
        Func<Task> arm = () => bench.RunAsync(new ArmSupply());

        await arm.Should().ThrowAsync<WrongDeviceException>();
        bench.Changes.Should().Equal([Armed], "by the first meter");
    }

    [Fact]
    public async Task A_meter_that_may_have_been_swapped_is_asked_anew_also_in_an_association_that_stands()
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, Mine);
        await bench.RunAsync(new ArmSupply());

        bench.Driver.ForgetIdentity();
        await bench.RunAsync(new ArmSupply());
        bench.With(Place, Other);
        bench.Driver.ForgetIdentity();
        Func<Task> arm = () => bench.RunAsync(new ArmSupply());

        await arm.Should().ThrowAsync<WrongDeviceException>();
        bench.Changes.Should().Equal([Armed, Armed], "by the first meter");
    }

    [Fact]
    public async Task What_is_written_and_not_critical_goes_to_no_other_meter_either()
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, Other);

        Func<Task> deliver = () => bench.RunAsync(new UpdateFirmware(new FirmwareImage(new byte[300]), "4.2.1", [Expected.DeviceId]));

        await deliver.Should().ThrowAsync<WrongDeviceException>();
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_critical_is_read_from_whoever_is_there()
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, Other).With("0046 0000600300FF 02", "03 01");

        await bench.RunAsync(new ReadSupplyStatus());

        bench.Meter.Requests.Select(Convert.ToHexString).Should()
            .NotContain(request => request.Contains("0000600100FF", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("09 00")]
    [InlineData("00")]
    [InlineData("06 00000001")]
    [InlineData("09 03 000102")]
    public async Task A_meter_that_tells_nothing_of_the_kind_is_taken_for_the_one(string told)
    {
        await using ReadBench bench = new ReadBench(identity: Expected).With(Place, told);

        await bench.RunAsync(new ArmSupply());

        bench.Changes.Should().Equal(Armed);
    }

    [Fact]
    public async Task A_serial_number_that_the_rig_file_does_not_give_is_held_against_nothing_and_so_is_a_meter_without_one()
    {
        await using ReadBench withoutFact = new ReadBench(identity: Expected with { SerialNumber = null }).With(Place, Other);
        await using ReadBench withoutObject = new(identity: Expected);

        await withoutFact.RunAsync(new ArmSupply());
        await withoutObject.RunAsync(new ArmSupply());

        withoutFact.Changes.Should().Equal(Armed);
        withoutObject.Changes.Should().Equal(Armed);
    }

    [Fact]
    public async Task A_meter_that_says_nothing_at_all_is_sent_nothing_critical()
    {
        await using ReadBench bench = new(identity: Expected) { Silent = Place };

        SrvResult result = await bench.RunAsync(new ArmSupply());

        result.Outcome.Kind.Should().BeOneOf(DeviceOutcomeKind.NoAnswer, DeviceOutcomeKind.Unreachable);
        bench.Changes.Should().BeEmpty();
    }
}
