using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Tests.Signatures;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class ServiceDefectsTests
{
    private static readonly ServiceUsers Users =
        new(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] });

    private static readonly ServiceOptions Sound = new() { Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>>()) };

    [Fact]
    public void A_late_acknowledgement_has_the_chosen_time_and_share()
    {
        LateAcknowledgement late = Planted<LateAcknowledgement>("late-acknowledgement:share=0.3,delay=7m,srv=6.13,times=4,seed=9");

        late.Should().BeEquivalentTo(new LateAcknowledgement
        {
            Devices = new HashSet<Eui64> { DuisFixtures.Meter },
            Share = 0.3,
            Delay = TimeSpan.FromMinutes(7),
            Srv = "6.13",
            Times = 4,
            Seed = 9,
        });
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1_500)]
    [InlineData("24h", 86_400_000)]
    public void A_time_is_written_as_in_packs(string text, double milliseconds)
    {
        Planted<LateResponse>($"late-response:delay={text}").Delay.TotalMilliseconds.Should().Be(milliseconds);
    }

    [Fact]
    public void What_is_left_out_is_as_it_was_seen()
    {
        LateAcknowledgement late = Planted<LateAcknowledgement>("late-acknowledgement");

        (late.Share, late.Delay, late.Srv, late.Times).Should().Be((0.5, TimeSpan.FromMinutes(5), null, null));
        Planted<LostResponse>("lost-response").Srv.Should().Be("11.3");
    }

    [Fact]
    public void Defects_of_two_devices_stand_side_by_side()
    {
        ServiceDefects.TryParse("late-acknowledgement:share=1", out ServiceDefect? first, out _).Should().BeTrue();
        ServiceDefects.TryParse("late-acknowledgement:share=0", out ServiceDefect? second, out _).Should().BeTrue();

        ServiceOptions options = second!.Plant(first!.Plant(Sound, DuisFixtures.Meter), DuisFixtures.OtherUser);

        options.Faults.Select(fault => (fault.Devices!.Single(), fault.Share))
            .Should().Equal((DuisFixtures.Meter, 1), (DuisFixtures.OtherUser, 0));
    }

    [Theory]
    [InlineData("before-mp105", "before-mp105")]
    [InlineData("suspension-ignored", "suspension-ignored")]
    [InlineData("exemptions-forgotten", "exemptions-forgotten")]
    public void A_defect_of_the_rules_changes_them(string text, string rules)
    {
        ServiceDefects.TryParse(text, out ServiceDefect? defect, out _).Should().BeTrue();

        defect!.Plant(Sound, DuisFixtures.Meter).DeviceStatus.Name.Should().Be(rules);
    }

    [Theory]
    [InlineData("replay-accepted", "counter")]
    [InlineData("role-ignored", "user-role")]
    [InlineData("registration-ignored", "user-authorised")]
    [InlineData("certificate-owner-ignored", "certificate-owner")]
    [InlineData("variant-ignored", "command-variant")]
    [InlineData("path-ignored", "service-path")]
    public void A_defect_of_the_checks_leaves_them_out_and_no_other(string text, string checks)
    {
        ServiceDefects.TryParse(text, out ServiceDefect? defect, out _).Should().BeTrue();

        ServiceOptions options = defect!.Plant(Sound, DuisFixtures.Meter);

        Sound.Checks.Except(options.Checks).Select(check => check.Name).Should().Equal(checks.Split(','));
        options.Checks.Should().BeSubsetOf(Sound.Checks);
    }

    [Fact]
    public void The_service_provider_before_the_fix_repeats_no_rotation_and_the_fixed_one_once()
    {
        ServiceDefects.TryParse("rotation-not-repeated", out ServiceDefect? defect, out _).Should().BeTrue();

        KeyRotationPolicy before = defect!.Plant(Sound, DuisFixtures.Meter).KeyRotation;
        KeyRotationPolicy after = Sound.KeyRotation;

        before.Repeat(1, isUnconfirmed: true).Should().BeFalse();
        after.Repeat(1, isUnconfirmed: true).Should().BeTrue();
        after.Repeat(1, isUnconfirmed: false).Should().BeFalse("a confirmed rotation is not done again");
        after.Repeat(2, isUnconfirmed: true).Should().BeFalse("once is enough");
        after.After.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5), "a second command before that is not confirmed either");
    }

    [Fact]
    public void A_service_that_takes_unknown_users_looks_at_the_roles_of_the_others_still()
    {
        ServiceDefects.TryParse("unknown-user-accepted", out ServiceDefect? defect, out _).Should().BeTrue();
        ServiceUsers nobody = new(new Dictionary<string, IReadOnlyList<Eui64>>());
        ServiceUsers wrong = new(new Dictionary<string, IReadOnlyList<Eui64>> { ["GS"] = [DuisFixtures.ImportSupplier] });
        string request = DuisRequestWriter.Write(DuisFixtures.Request(new EnableSupply(), commandVariant: 5));

        string? unknown = Receive(new ServiceOptions { Users = nobody }, request).Failure?.Check.ResponseCode;
        ServiceDecision taken = Receive(defect!.Plant(new ServiceOptions { Users = nobody }, DuisFixtures.Meter), request);
        ServiceDecision refused = Receive(defect.Plant(new ServiceOptions { Users = wrong }, DuisFixtures.Meter), request);

        unknown.Should().Be("E1");
        taken.Command.Should().NotBeNull();
        refused.Failure!.Check.ResponseCode.Should().Be("E2");
    }

    [Fact]
    public void A_service_that_ignores_signatures_takes_a_request_whose_content_is_not_what_was_signed()
    {
        using SigningIdentity user = new("a User");
        ServiceOptions sound = new() { Users = Users, UserCertificates = [user.Certificate] };
        string broken = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), user.Key)
            .Replace("<sr:CommandVariant>1<", "<sr:CommandVariant> 1<", StringComparison.Ordinal);
        ServiceDefects.TryParse("signature-ignored", out ServiceDefect? defect, out _).Should().BeTrue();

        Func<ServiceDecision> refused = () => Receive(sound, broken);
        ServiceDecision taken = Receive(defect!.Plant(sound, DuisFixtures.Meter), broken);

        refused.Should().Throw<DuisFormatException>().WithMessage("*signature is broken*");
        taken.Command.Should().NotBeNull();
    }

    [Theory]
    [InlineData("late-acknowledgment", "'late-acknowledgment'", "late-acknowledgement, late-response")]
    [InlineData("late-response:share=1.1", "'share=1.1'", "0 to 1")]
    [InlineData("late-response:share=-1", "'share=-1'", "0 to 1")]
    [InlineData("late-response:share=NaN", "'share=NaN'", "0 to 1")]
    [InlineData("late-response:delay=7", "'delay=7'", "7m")]
    [InlineData("late-response:delay=ms", "'delay=ms'", "250ms")]
    [InlineData("late-response:delay=25h", "'delay=25h'", "24 h")]
    [InlineData("late-response:times=0", "'times=0'", "1 to 1000000")]
    [InlineData("late-response:seed=-1", "'seed=-1'", "from 0")]
    [InlineData("late-response:srv=99.9", "'srv=99.9'", "catalogue")]
    [InlineData("late-response:wait=1s", "'wait=1s'", "delay, share, srv, times, seed")]
    [InlineData("late-response:share=1,share=1", "'share=1'", "each once")]
    [InlineData("late-response:share", "'share'", "name=value")]
    [InlineData("lost-response:delay=1s", "'delay=1s'", "srv, share, times, seed")]
    [InlineData("before-mp105:share=1", "'share=1'", "no parameters")]
    public void What_is_wrong_is_told_with_what_is_allowed(string text, string found, string allowed)
    {
        ServiceDefects.TryParse(text, out ServiceDefect? defect, out DefectFault? fault).Should().BeFalse();

        defect.Should().BeNull();
        fault!.Found.Should().Be(found);
        fault.Allowed.Should().Contain(allowed);
    }

    private static ServiceDecision Receive(ServiceOptions options, string xml)
    {
        SmartMeteringInventory inventory = new(
            [new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);
        return new SimulatedDcc(options, inventory).Receive(xml, null, DuisFixtures.Now);
    }

    private static T Planted<T>(string text)
        where T : RequestFault
    {
        ServiceDefects.TryParse(text, out ServiceDefect? defect, out DefectFault? fault).Should().BeTrue(fault?.ToString());
        return defect!.Plant(Sound, DuisFixtures.Meter).Faults.Should().ContainSingle().Which.Should().BeOfType<T>().Subject;
    }
}
