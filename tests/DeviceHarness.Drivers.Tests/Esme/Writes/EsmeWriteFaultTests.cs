using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Tests.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>What every request that changes a device does when the device refuses or is away, whatever it changes. Silence and a loss
/// half-way are in ServedRequestsTests, before the virtual meter.</summary>
public sealed class EsmeWriteFaultTests
{
    private static readonly byte[] Legal = [1, 2, 3, 4, 9, 11, 12, 13, 250];

    public static TheoryData<SrvRequestBody> Writes => [.. WriteRequests.All];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Each_legal_refusal_is_a_refusal_with_its_code_and_any_other_breaks_the_protocol(SrvRequestBody write)
    {
        await using ReadBench bench = new(WriteProfiles.WithAuxiliaryLoads);
        List<SrvResult> refusals = [];

        foreach (byte code in Legal)
        {
            bench.Results.Enqueue(code);
            refusals.Add(await bench.RunAsync(write));
        }

        bench.Results.Enqueue(15);
        SrvResult illegal = await bench.RunAsync(write);

        refusals.Select(result => result.Outcome.Kind).Should().OnlyContain(kind => kind == DeviceOutcomeKind.Refused);
        refusals.Select(result => result.Outcome.DeviceCode).Should().Equal(Legal.Select(code => (int?)code));
        refusals.Select(result => result.Outcome.Body).Should().OnlyContain(body => body == new BareRsp($"{write.ElementName}Rsp")
        {
            MessageSuccess = false,
        });
        illegal.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        bench.Changes.Should().HaveCount(Legal.Length + 1, "the first refusal ends a request");
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_dead_line_is_unreachable_and_nothing_was_sent(SrvRequestBody write)
    {
        await using ReadBench bench = new(WriteProfiles.WithAuxiliaryLoads);
        bench.Meter.IsDead = true;

        SrvResult result = await bench.RunAsync(write);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        result.Outcome.Detail.Should().NotContain("steps were done");
        bench.Changes.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_model_that_names_nothing_for_a_request_refuses_it_and_nothing_is_sent(SrvRequestBody write)
    {
        await using ReadBench bench = new(profile => WriteProfiles.Without(write.ServiceReferenceVariant)(
            WriteProfiles.WithAuxiliaryLoads(profile)));

        SrvResult result = await bench.RunAsync(write);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().BeNull();
        result.Outcome.Detail.Should().Be($"nothing was sent: the device model has no object for SRV {write.ServiceReferenceVariant}");
        bench.Changes.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_to_the_supply_is_refused_unanswered_or_lost_and_can_be_repeated(bool isOn)
    {
        SrvRequestBody command = isOn ? new EnableSupply() : new DisableSupply();
        await using ReadBench bench = new();
        List<SrvResult> refusals = [];
        foreach (byte code in Legal)
        {
            bench.Results.Enqueue(code);
            refusals.Add(await bench.RunAsync(command));
        }

        bench.Results.Enqueue(15);
        SrvResult illegal = await bench.RunAsync(command);
        bench.SilentChange = bench.Changes.Count;
        SrvResult silent = await bench.RunAsync(command);
        int sent = bench.Changes.Count;
        bench.Meter.Fault = (_, octets) => bench.Changes.Count == sent ? [octets] : [];
        SrvResult lost = await bench.RunAsync(command);
        bench.Meter.Fault = (_, octets) => [octets];
        SrvResult repeated = await bench.RunAsync(command);

        refusals.Select(result => (result.Outcome.Kind, result.Outcome.DeviceCode, result.Outcome.Body!.MessageSuccess)).Should()
            .Equal(Legal.Select(code => (DeviceOutcomeKind.Refused, (int?)code, (bool?)false)));
        ((SrvResult[])[illegal, silent, lost, repeated]).Select(result => result.Outcome.Kind).Should().Equal(
            DeviceOutcomeKind.ProtocolError, DeviceOutcomeKind.NoAnswer, DeviceOutcomeKind.Unreachable, DeviceOutcomeKind.Done);
        bench.Changes.Should().HaveCount(sent + 2, "what a command did is not known, so it is not sent again by itself");
    }

    [Fact]
    public async Task A_value_that_the_model_has_no_object_for_refuses_the_whole_request()
    {
        await using ReadBench bench = new(WriteProfiles.Without("1.1.1", "SpecialDays"));

        SrvResult result = await bench.RunAsync(WriteRequests.NewTariff());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Be("nothing was sent: the device model has no object for SpecialDays");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_line_that_dies_half_way_is_unreachable_and_tells_how_far_the_write_came()
    {
        await using ReadBench bench = new();
        bench.Meter.Fault = (frame, octets) => frame < 6 ? [octets] : [];

        SrvResult result = await bench.RunAsync(new UpdatePricePrimaryElement(WriteRequests.Prices));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        result.Outcome.Detail.Should().Contain(" of 6 steps were done before ");
        result.Outcome.Body.Should().BeNull();
    }

    [Fact]
    public async Task A_request_for_gas_is_refused_by_an_electricity_meter()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new UnmodelledRequestBody(
            "1.1.1", "UpdateImportTariffPrimaryElement", "<UpdateImportTariffPrimaryElement/>"));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("not one for a single-phase electricity meter");
    }

    [Fact]
    public async Task DM_to_the_first_step_reconnects_and_the_request_is_carried_out_once()
    {
        await using ReadBench bench = new();
        _ = await bench.RunAsync(new ActivateEmergencyCredit());
        bench.Meter.HasLostLink = true;

        SrvResult result = await bench.RunAsync(new ActivateEmergencyCredit());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        bench.Changes.Should().HaveCount(2);
    }
}
