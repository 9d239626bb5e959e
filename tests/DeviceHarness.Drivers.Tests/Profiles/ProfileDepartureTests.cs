using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Profiles;

/// <summary>Profiles that say only what differs from another.</summary>
public sealed class ProfileDepartureTests
{
    private const string Head = "profile: one\nbased-on: generic-smets1-esme\ndevice-type: ESME\n";

    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "rigs", "profiles");

    [Fact]
    public void What_is_left_out_is_as_in_the_profile_that_it_is_based_on()
    {
        DeviceProfile basis = DeviceProfileLoader.LoadFile(Path.Combine(Folder, "generic-smets1-esme.yaml"));

        DeviceProfile profile = Load("");

        profile.Name.Should().Be("one");
        DeviceProfile renamed = profile with
        {
            Name = basis.Name,
            Alerts = basis.Alerts,
            Objects = basis.Objects,
            Association = basis.Association,
            Quirks = basis.Quirks,
        };
        renamed.Should().Be(basis);
        profile.Alerts.Should().BeEquivalentTo(basis.Alerts);
        profile.Objects.Reads.Variants.Keys.Should().BeEquivalentTo(basis.Objects.Reads.Variants.Keys);
        profile.Association.Keys.Password!.Resolve().ToArray().Should().Equal(basis.Association.Keys.Password!.Resolve().ToArray());
    }

    [Fact]
    public void A_section_is_joined_key_by_key_and_what_stands_in_it_is_taken_whole()
    {
        DeviceProfile profile = Load("""
            link: { server-address: { octets: 2, upper: 1, lower: 5 } }
            supply-switch: { method: disconnect-control, class: 70, name: "0-0:96.3.10.255", reconnect: 2, disconnect: 1 }

            """);

        profile.ServerAddress.Should().Be(HdlcAddress.Server(1, 5, 2));
        profile.MaximumInformationOctets.Should().Be(128, "the basis says so");
        profile.Objects.SupplySwitch.Enable.ClassId.Should().Be(70, "nothing of the basis's scripts is left");
    }

    [Fact]
    public void A_key_without_a_value_takes_away_what_the_basis_has()
    {
        DeviceProfile profile = Load("image-transfer:\nreads:\n  \"4.18\":\nobjects:\n  security-log:\n");

        profile.Objects.ImageTransfer.Should().BeNull();
        profile.Objects.Reads.Variants.Should().NotContainKey("4.18").And.ContainKey("4.17");
        profile.Objects.Logs.EventLogs.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("link: { retires: 3 }\n", "link.retires")]
    [InlineData("link: { retries: many }\n", "link.retries")]
    [InlineData("reads: { \"4.19\": { Value: { class: 3, name: \"1-0:1.8.0.255\", attribute: 2 } } }\n", "reads.4.19")]
    [InlineData("quirks: [ { quirk: x, source: y } ]\n", "quirks[0].reason")]
    [InlineData("quirks: [ { quirk: x, reason: \" \", source: y } ]\n", "quirks[0].reason")]
    [InlineData("quirks: [ { quirk: x, srvs: [ \"7.9\" ], expect: refuses, reason: z, source: y } ]\n", "quirks[0].expect")]
    [InlineData("quirks: [ { quirk: x, expect: refused, reason: z, source: y } ]\n", "quirks[0].expect")]
    [InlineData("quirks: [ { quirk: X, reason: z, source: y } ]\n", "quirks[0].quirk")]
    [InlineData("quirks: [ { quirk: x, srvs: [ 7 ], reason: z, source: y } ]\n", "quirks[0].srvs[0]")]
    [InlineData("quirks: [ { quirk: x, reason: z, source: y }, { quirk: x, reason: z, source: y } ]\n", "quirks[1].quirk")]
    [InlineData("hub-objects: { }\n", "hub-objects")]
    public void A_wrong_departure_names_its_place(string text, string key)
    {
        Action load = () => Load(text);

        ConfigurationException error = load.Should().Throw<ConfigurationException>().Which;
        error.Key.Should().Be(key);
        error.File.Should().EndWith("test.yaml");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("../profiles/generic-smets1-esme")]
    [InlineData("\"\"")]
    public void A_basis_that_is_no_profile_of_the_folder_is_refused(string basis)
    {
        Action load = () => DeviceProfileLoader.Load(
            Head.Replace("generic-smets1-esme", basis, StringComparison.Ordinal), Path.Combine(Folder, "test.yaml"));

        load.Should().Throw<ConfigurationException>().Which.Key.Should().Be("based-on");
    }

    [Fact]
    public void Profiles_that_are_based_on_each_other_are_refused()
    {
        string folder = Directory.CreateTempSubdirectory("profiles-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "one.yaml"), "profile: one\nbased-on: two\ndevice-type: ESME\n");
            File.WriteAllText(Path.Combine(folder, "two.yaml"), "profile: two\nbased-on: one\ndevice-type: ESME\n");
            Action load = () => DeviceProfileLoader.LoadFile(Path.Combine(folder, "one.yaml"));

            load.Should().Throw<ConfigurationException>().Which.Key.Should().Be("based-on");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_profile_of_one_kind_of_device_has_no_objects_of_another()
    {
        DeviceProfile meter = Load("");
        DeviceProfile hub = DeviceProfileLoader.LoadFile(Path.Combine(Folder, "generic-smets1-hub.yaml"));
        Action asHub = () => _ = meter.Hub;
        Action asMeter = () => _ = hub.Objects;

        asHub.Should().Throw<ConfigurationException>().Which.Code.Should().Be("PROF-006");
        asMeter.Should().Throw<ConfigurationException>().Which.Code.Should().Be("PROF-006");
        hub.ToString().Should().Be("generic-smets1-hub (CHF)");
    }

    private static DeviceProfile Load(string text) => DeviceProfileLoader.Load($"{Head}{text}", Path.Combine(Folder, "test.yaml"));
}
