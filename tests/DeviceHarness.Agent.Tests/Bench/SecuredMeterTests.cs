using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;
using SupplyState = DeviceHarness.Virtual.Esme.SupplyState;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver against the virtual meter that was written from the other side of the standard, with everything that is
/// secret.</summary>
public sealed class SecuredMeterTests
{
    private const string WrongKey = "00000000000000000000000000000001";
    private const string MeterGmac = "mechanism: hls-gmac, ciphered: true";
    private const string Policy = "  policy: 3";

    [Theory]
    [InlineData("lls", false)]
    [InlineData("lls", true)]
    [InlineData("hls-aes-ecb", false)]
    [InlineData("hls-aes-ecb", true)]
    [InlineData("hls-md5", false)]
    [InlineData("hls-md5", true)]
    [InlineData("hls-sha1", false)]
    [InlineData("hls-sha1", true)]
    [InlineData("hls-gmac", false)]
    [InlineData("hls-gmac", true)]
    [InlineData("hls-sha256", true)]
    [InlineData("none", true)]
    public async Task Each_mechanism_is_spoken_in_clear_and_ciphered(string mechanism, bool isCiphered)
    {
        await using SecuredBench bench = new(MeterClient(mechanism, isCiphered));
        await bench.DriveAsync(Association(mechanism, isCiphered));

        SrvResult version = await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DisconnectAsync();
        SrvResult again = await bench.DoAsync(new ReadInstantaneousImportRegisters());

        version.Outcome.Body.As<ReadFirmwareVersionRsp>().FirmwareVersion.Should().Be("4.2.0");
        again.Latency.AssociationOpen.Should().BeFalse();
        bench.Store.ReadAttempts().Failures.Should().Be(0);
        bench.Store.ReadAttempts().Proven.Should().HaveLength(
            isCiphered || mechanism == "hls-gmac" ? 16 : 4, "of a password alone no more is kept than fits very many");
        bench.Refused.Should().Be(0);
    }

    [Theory]
    [InlineData("service", false, 0)]
    [InlineData("service", true, 0)]
    [InlineData("general", false, 0)]
    [InlineData("general", true, 0)]
    [InlineData("general", true, 2)]
    public async Task Each_service_goes_in_each_wrapper_with_global_and_dedicated_key(string wrapper, bool isDedicated, int suite)
    {
        string twice = suite == 2 ? string.Concat(SecuredBench.Encryption, SecuredBench.Authentication) : SecuredBench.Encryption;
        await using SecuredBench bench = new(MeterGmac, $"  policy: 3\n  suite: {suite}", keys: (twice, twice));
        await bench.DriveAsync(
            $"mechanism: hls-gmac\ncontext: ln-ciphered\nwrapper: {wrapper}\ndedicated-key: {(isDedicated ? "true" : "false")}\n"
            + $"suite: {suite}\nrelease: true\nclient-title: \"4D4D4D0000000001\"\n"
            + $"encryption-key: test:{twice}\nauthentication-key: test:{twice}\n");

        _ = await bench.DoAsync(new ReadFirmwareVersion());
        _ = await bench.DoAsync(new DisableSupply());
        SupplyState disabled = bench.Meter.Supply;
        await bench.DisconnectAsync();
        _ = await bench.DoAsync(new EnableSupply());

        disabled.Should().Be(SupplyState.Disconnected);
        bench.Meter.Supply.Should().NotBe(SupplyState.Disconnected);
        bench.Commands.Should().Contain(command => command.Service == "RELEASE");
    }

    [Fact]
    public async Task A_wrong_tag_of_an_open_association_breaks_the_protocol_and_spends_no_attempt()
    {
        await using SecuredBench bench = new(MeterGmac, Policy, EsmeDefects.WrongTag);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true));

        SrvResult result = await bench.RunAsync(new ReadFirmwareVersion());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("AuthenticationFailed");
        bench.Store.ReadAttempts().Failures.Should().Be(0);
        bench.Refused.Should().Be(0);
    }

    [Theory]
    [InlineData("lls", false)]
    [InlineData("lls", true)]
    [InlineData("hls-aes-ecb", false)]
    [InlineData("hls-md5", false)]
    [InlineData("hls-sha1", true)]
    [InlineData("hls-gmac", false)]
    [InlineData("hls-gmac", true)]
    public async Task Wrong_credentials_are_tried_once_where_no_limit_is_known(string mechanism, bool isCiphered)
    {
        await using SecuredBench bench = new(MeterClient(mechanism, isCiphered));
        await bench.DriveAsync(Association(mechanism, isCiphered, wrong: true));

        AuthenticationFailedException failure = await ShouldFailAsync<AuthenticationFailedException>(bench);
        for (int turn = 0; turn < 5; turn++)
        {
            _ = await ShouldFailAsync<AttemptsSpentException>(bench);
        }

        failure.Code.Should().BeOneOf(DlmsFaults.AuthenticationRefused, DlmsFaults.ProofFailed);
        failure.ToString().Should().NotContain(WrongKey).And.NotContain(SecuredBench.Secret);
        bench.Refused.Should().Be(1, "nothing more was sent");
    }

    [Fact]
    public async Task A_wrong_key_stops_below_the_limit_of_the_profile_over_restarts_and_the_right_key_is_not_locked_out()
    {
        await using SecuredBench bench = new(MeterGmac, $"{Policy}\n  lock: {{ after: 3, time: 10m }}");
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true, wrong: true) + "attempt-limit: 2\n");

        _ = await ShouldFailAsync<AuthenticationFailedException>(bench);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true, wrong: true) + "attempt-limit: 2\n");
        _ = await ShouldFailAsync<AuthenticationFailedException>(bench);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true, wrong: true) + "attempt-limit: 2\n");
        _ = await ShouldFailAsync<AttemptsSpentException>(bench);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true), new MemorySecurityStore());

        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        bench.Refused.Should().Be(2);
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
    }

    [Fact]
    public async Task A_meter_that_has_locked_the_client_out_refuses_the_right_key_and_is_not_asked_again()
    {
        await using SecuredBench bench = new(MeterGmac, $"{Policy}\n  lock: {{ after: 1, time: 10m }}");
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true, wrong: true));
        _ = await ShouldFailAsync<AuthenticationFailedException>(bench);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true), new MemorySecurityStore());

        AuthenticationFailedException locked = await ShouldFailAsync<AuthenticationFailedException>(bench);
        _ = await ShouldFailAsync<AttemptsSpentException>(bench);

        locked.Code.Should().Be(DlmsFaults.AuthenticationRefused);
        bench.Refused.Should().Be(2);
    }

    [Fact]
    public async Task A_driver_that_lost_its_counters_learns_the_meter_s_and_goes_on()
    {
        await using SecuredBench bench = new(MeterGmac, Policy);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true));
        _ = await bench.DoAsync(new ReadFirmwareVersion());

        await bench.DriveAsync(Association("hls-gmac", isCiphered: true), new MemorySecurityStore());
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
    }

    [Fact]
    public async Task A_power_cut_of_the_meter_costs_nothing_but_the_link()
    {
        await using SecuredBench bench = new(MeterGmac, Policy);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true));
        _ = await bench.DoAsync(new ReadFirmwareVersion());

        bench.Meter.PowerOff();
        SrvResult dead = await bench.RunAsync(new ReadFirmwareVersion());
        bench.Meter.PowerOn();
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        (dead.Outcome.Kind, dead.Outcome.LinkAnswersProbe).Should()
            .Be((DeviceOutcomeKind.Unreachable, false), "that is the link, not the key");
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Fact]
    public async Task A_meter_whose_counters_were_reset_by_a_power_cut_is_found_out()
    {
        await using SecuredBench bench = new(MeterGmac, Policy, EsmeDefects.InvocationCounterReset);
        await bench.DriveAsync(Association("hls-gmac", isCiphered: true));
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DisconnectAsync();

        bench.Meter.PowerOff();
        bench.Meter.PowerOn();
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        after.Outcome.Detail.Should().Contain("CounterLowered");
        bench.Store.ReadAttempts().Failures.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Counters_that_begin_anew_are_found_out_after_a_restart_of_the_driver_too(bool isCiphered)
    {
        await using SecuredBench bench = new(MeterClient("hls-gmac", isCiphered), Policy, EsmeDefects.InvocationCounterReset);
        await bench.DriveAsync(Association("hls-gmac", isCiphered));
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DisconnectAsync();
        _ = await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DisconnectAsync();

        bench.Meter.PowerOff();
        bench.Meter.PowerOn();
        await bench.DriveAsync(Association("hls-gmac", isCiphered));
        SrvResult after = await bench.RunAsync(new ReadFirmwareVersion());

        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError, after.Outcome.Detail);
        after.Outcome.Detail.Should().Contain("CounterLowered");
    }

    private static async Task<T> ShouldFailAsync<T>(SecuredBench bench)
        where T : HarnessException =>
        (await FluentActions.Awaiting(() => bench.RunAsync(new ReadFirmwareVersion())).Should().ThrowAsync<T>()).Which;

    private static string MeterClient(string mechanism, bool isCiphered) =>
        $"mechanism: {mechanism}, ciphered: {(isCiphered ? "true" : "false")}" + mechanism switch
        {
            "lls" => $", test-password: \"{SecuredBench.Secret}\"",
            "hls-gmac" or "none" => string.Empty,
            _ => $", test-secret: \"{SecuredBench.Secret}\"",
        };

    private static string Association(string mechanism, bool isCiphered, bool wrong = false)
    {
        string secret = wrong ? WrongKey : SecuredBench.Secret;
        string encryption = wrong ? WrongKey : SecuredBench.Encryption;
        string credentials = mechanism switch
        {
            "lls" => $"password: test:{secret}\n",
            "hls-gmac" or "none" => string.Empty,
            _ => $"secret: test:{secret}\n",
        };
        return $"mechanism: {mechanism}\ncontext: {(isCiphered ? "ln-ciphered" : "ln")}\nclient-title: \"4D4D4D0000000001\"\n"
            + $"encryption-key: test:{encryption}\nauthentication-key: test:{SecuredBench.Authentication}\n{credentials}";
    }
}
