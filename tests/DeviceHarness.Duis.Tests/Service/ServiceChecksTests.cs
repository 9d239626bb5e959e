using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class ServiceChecksTests
{
    private static readonly InventoryDevice Esme = new(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true);

    [Fact]
    public void A_request_without_a_fault_passes_every_check()
    {
        ServiceChecks.FirstFailure(ServiceChecks.Default, Sound()).Should().BeNull();
    }

    [Fact]
    public void The_default_order_is_the_assumed_one()
    {
        ServiceChecks.Default.Select(check => check.Name).Should().Equal(
            "well-formed",
            "signature",
            "service-path",
            "command-variant",
            "device-known",
            "user-known",
            "user-role",
            "user-status",
            "user-authorised",
            "certificate-owner",
            "proxies",
            "dormant-upgrade",
            "device-status",
            "device-type",
            "request-specific",
            "counter");
    }

    [Fact]
    public void What_is_not_checked_says_so()
    {
        ServiceChecks.Default.Where(check => !check.IsChecked).Select(check => check.Name)
            .Should().Equal("well-formed", "signature", "user-status", "request-specific");
        ServiceChecks.Default.Where(check => !check.IsChecked)
            .Should().OnlyContain(check => check.What.Contains("not", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("E13")]
    [InlineData("E12")]
    [InlineData("E19")]
    [InlineData("E1")]
    [InlineData("E2")]
    [InlineData("E5")]
    [InlineData("E11")]
    [InlineData("E100")]
    public void A_request_with_one_fault_gets_that_faults_code(string code)
    {
        CheckFailure? failure = ServiceChecks.FirstFailure(ServiceChecks.Default, Faulty(code));

        failure.Should().NotBeNull();
        failure!.Check.ResponseCode.Should().Be(code);
        failure.Detail.Should().NotBeEmpty();
    }

    [Fact]
    public void The_first_row_of_the_table_wins_whatever_its_order()
    {
        CheckContext context = Sound() with
        {
            UserRoles = [],
            Device = Esme with { DeviceType = "PPMID", Status = DeviceStatus.Pending },
            LastCounter = ulong.MaxValue,
            Path = ServicePath.NonDevice,
            CommandVariants = CommandVariantRules.Smets1Assumed with { ByCriticality = null },
            Entry = Entry("4.1.1") with { CommandVariants = [3] },
        };
        string[] failing = ["E13", "E12", "E1", "E2", "E5", "E11", "E100"];

        foreach (string first in failing)
        {
            ServiceCheck[] permuted = [.. ServiceChecks.Default.OrderByDescending(check => check.ResponseCode == first)];
            ServiceChecks.FirstFailure(permuted, context)!.Check.ResponseCode.Should().Be(first);
        }

        ServiceChecks.FirstFailure(ServiceChecks.Default, context)!.Check.ResponseCode
            .Should().Be("E13", "it is the first of the default order");
        ServiceChecks.FirstFailure([.. ServiceChecks.Default.Reverse()], context)!.Check.ResponseCode.Should().Be("E100");
    }

    [Fact]
    public void A_signed_pre_command_to_a_smets1_device_gets_E12()
    {
        CheckContext context =
            Sound() with { Request = DuisFixtures.Request(new SignedPreCommand("7.1", "AQID"), 5), Entry = Entry("7.1") };

        ServiceChecks.FirstFailure(ServiceChecks.Default, context)!.Check.ResponseCode.Should().Be("E12");
    }

    [Fact]
    public void A_later_device_takes_variant_5_only_with_a_signed_pre_command()
    {
        CheckContext context = Sound() with
        {
            Device = Esme with { Smets1 = false },
            CommandVariants = CommandVariantRules.Matrix,
            Entry = Entry("7.1"),
        };

        ServiceChecks.FirstFailure(
            ServiceChecks.Default, context with { Request = DuisFixtures.Request(new SignedPreCommand("7.1", "AQID"), 5) })
            .Should().BeNull();
        ServiceChecks.FirstFailure(ServiceChecks.Default, context with { Request = DuisFixtures.Request(new EnableSupply(), 5) })!
            .Check.ResponseCode.Should().Be("E12");
    }

    [Fact]
    public void A_non_device_request_needs_no_device()
    {
        CheckContext context = Sound() with
        {
            Request = DuisFixtures.Request(new UnmodelledRequestBody("8.2", "ReadInventory", "<a/>"), 8),
            Entry = Entry("8.2"),
            Path = ServicePath.NonDevice,
            Device = null,
        };

        ServiceChecks.FirstFailure(ServiceChecks.Default, context).Should().BeNull();
    }

    [Fact]
    public void A_request_whose_roles_are_not_known_is_not_refused_for_its_role()
    {
        CheckContext context = Sound() with { Entry = Entry("4.1.1") with { UserRoles = [] } };

        ServiceChecks.FirstFailure(ServiceChecks.Default, context).Should().BeNull();
    }

    [Theory]
    [InlineData(999ul, true)]
    [InlineData(1000ul, false)]
    [InlineData(1001ul, false)]
    public void A_counter_must_be_above_the_last_one(ulong last, bool passes)
    {
        CheckFailure? failure = ServiceChecks.FirstFailure(ServiceChecks.Default, Sound() with { LastCounter = last });

        (failure is null).Should().Be(passes);
        failure?.Check.CodeAssumed.Should().BeTrue();
    }

    private static CheckContext Sound() => new(
        DuisFixtures.Request(new ReadInstantaneousImportRegisters()),
        Entry("4.1.1"),
        ServicePath.SendCommand,
        Esme,
        ["IS"],
        CommandVariantRules.Smets1Assumed,
        DeviceStatusRules.Mp105,
        LastCounter: null);

    private static CheckContext Faulty(string code)
    {
        CheckContext sound = Sound();
        return code switch
        {
            "E13" => sound with { Path = ServicePath.NonDevice },
            "E12" => sound with { Request = sound.Request with { CommandVariant = 4 } },
            "E19" => sound with { Device = null },
            "E1" => sound with { UserRoles = [] },
            "E2" => sound with { UserRoles = ["OU", "RSA"] },
            "E5" => sound with { Device = Esme with { Status = DeviceStatus.Suspended } },
            "E11" => sound with { Device = Esme with { DeviceType = "PPMID" } },
            "E100" => sound with { LastCounter = 1000 },
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
    }

    private static SrvEntry Entry(string srv) => SrvCatalogue.Entries.Single(entry => entry.Srv == srv);
}
