using System.Runtime.Versioning;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Tests.Esme;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Profiles;

public sealed class DeviceProfileLoaderTests
{
    private static readonly string Generic = File.ReadAllText(TestProfile.GenericPath);

    [Fact]
    public void The_generic_profile_is_read_whole()
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(TestProfile.GenericPath);

        profile.Name.Should().Be("generic-smets1-esme");
        profile.ServerAddress.Should().Be(HdlcAddress.Server(1));
        profile.Association.Mechanism.Should().Be(AuthenticationMechanism.LowLevel);
        profile.ResponseTimeout.Should().Be(TimeSpan.FromSeconds(2));
        profile.Objects.ActiveEnergyImport.Value.Should().Be(new CosemAttributeDescriptor(3, ObisCode.Parse("1-0:1.8.0.255"), 2));
        profile.Objects.ReactiveEnergyImport.Unit.Should().Be(32);
        profile.Objects.SupplySwitch.EnableParameter.Span.ShouldBeHex("12 00 33");
        profile.Objects.SupplySwitch.DisableParameter.Span.ShouldBeHex("12 00 34");
    }

    [Fact]
    public void A_password_never_shows_in_the_profile_s_text()
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(TestProfile.GenericPath);

        profile.ToString().Should().NotContain("12345678");
        profile.Association.Keys.Password!.Resolve().Length.Should().Be(8);
    }

    [Fact]
    public void A_password_in_clear_is_refused_without_repeating_it()
    {
        Action load = () => Load("password: test:12345678 ", "password: 12345678 ");

        load.Should().Throw<ConfigurationException>().Which.Message.Should().NotContain("12345678").And.Contain("file:");
    }

    [Theory]
    [InlineData("retries: 3 ", "retries: many ", "link.retries")]
    [InlineData("retries: 3 ", "retires: 3 ", "link.retries")]
    [InlineData("mechanism: lls ", "mechanism: hls ", "association.mechanism")]
    [InlineData("window: 1 ", "window: 8 ", "link.window")]
    [InlineData("\"1-0:1.8.0.255\"", "\"1-0:1.8.0\"", "objects.active-energy-import.name")]
    [InlineData("enable: 51 ", "enable: 70000 ", "supply-switch.enable")]
    [InlineData("octets: 1 ", "octets: 3 ", "link.server-address.octets")]
    [InlineData("protocol: dlms-hdlc", "protocol: modbus", "protocol")]
    [InlineData("release: false ", "releases: false ", "association.releases")]
    [InlineData("unit: varh", "unit: VAh", "objects.reactive-energy-import.unit")]
    public void A_wrong_value_names_its_place(string good, string bad, string key)
    {
        Action load = () => Load(good, bad);

        ConfigurationException error = load.Should().Throw<ConfigurationException>().Which;
        error.Key.Should().Be(key);
        error.File.Should().Be("test.yaml");
        error.Line.Should().BePositive();
    }

    [Fact]
    public void A_sign_on_is_as_the_standard_has_it_where_the_profile_does_not_say_otherwise()
    {
        DeviceProfile standard = Load("link:\n", "link:\n  sign-on: { device-address: \"00012345\" }\n");
        DeviceProfile changed = Load("link:\n", """
            link:
              sign-on:
                { initial-baud: 600, tries: 5, response-timeout: 3s, inter-character-timeout: 2s, retry-break: 2s, switch-pause: 1s,
                  after-disc: hdlc, rate: agreed }

            """);

        standard.SignOn.On(19_200, passesOctets: false)
            .Should().Be(new SignOnSettings { DeviceAddress = "00012345", MaximumBaud = 19_200 });
        changed.SignOn.Settings.Should().Be(new SignOnSettings
        {
            InitialBaud = 600,
            Tries = 5,
            ResponseTimeout = TimeSpan.FromSeconds(3),
            InterCharacterTimeout = TimeSpan.FromSeconds(2),
            RetryBreak = TimeSpan.FromSeconds(2),
            SwitchPause = TimeSpan.FromSeconds(1),
            StaysInHdlc = true,
        });
    }

    [Fact]
    public void Behind_a_serial_server_and_for_a_model_of_one_rate_all_passes_at_the_rate_of_the_rig_file()
    {
        DeviceProfile fixedRate = Load("link:\n", "link:\n  sign-on: { rate: fixed }\n");

        SignOnProfile.Standard.On(2400, passesOctets: true)
            .Should().Be(new SignOnSettings { MaximumBaud = 2400, IsRateFixed = true, IsParityInSoftware = true });
        fixedRate.SignOn.On(9600, passesOctets: false).Should().Be(new SignOnSettings { InitialBaud = 9600, MaximumBaud = 9600 });
    }

    [Theory]
    [InlineData("tries: 0", "tries")]
    [InlineData("tries: 11", "tries")]
    [InlineData("initial-baud: 299", "initial-baud")]
    [InlineData("rate: slow", "rate")]
    [InlineData("after-disc: off", "after-disc")]
    [InlineData("device-address: \"1!\"", "device-address")]
    [InlineData("response-timeout: 1ms", "response-timeout")]
    [InlineData("speed: fixed", "speed")]
    public void A_wrong_sign_on_names_its_place(string mapping, string key)
    {
        Action load = () => Load("link:\n", $"link:\n  sign-on: {{ {mapping} }}\n");

        load.Should().Throw<ConfigurationException>().Which.Key.Should().Be($"link.sign-on.{key}");
    }

    [Fact]
    public void A_missing_file_is_a_configuration_error()
    {
        Action load = () => DeviceProfileLoader.LoadFile("/nowhere/profile.yaml");

        load.Should().Throw<ConfigurationException>().Which.Code.Should().Be("PROF-002");
    }

    [Fact]
    public void The_rig_file_overrides_what_it_names_and_nothing_else()
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(TestProfile.GenericPath);
        DeviceOverrides overrides = DeviceOverrides.Read(ConfigurationNode.Parse("response-timeout: 400ms", "rig.yaml"));
        Action unknown = () => DeviceOverrides.Read(ConfigurationNode.Parse("response-time: 400ms", "rig.yaml"));

        DeviceProfile changed = profile.With(overrides);

        changed.Should().Be(profile with { ResponseTimeout = TimeSpan.FromMilliseconds(400) });
        profile.With(DeviceOverrides.Read(null)).Should().Be(profile);
        unknown.Should().Throw<ConfigurationException>();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_secret_is_read_from_its_file_which_is_its_owner_s_alone()
    {
        string folder = Directory.CreateTempSubdirectory("dh-secret-").FullName;
        string file = Path.Combine(folder, "esme.key");
        File.WriteAllText(file, "made-up\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        SecretReference secret = SecretReference.Read(
            ConfigurationNode.Parse("password: file:esme.key", Path.Combine(folder, "profile.yaml")).Require("password"));

        secret.Resolve().ToArray().Should().Equal("made-up"u8.ToArray());
        secret.ToString().Should().Be("file:***");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        secret.Invoking(open => open.Resolve()).Should().Throw<ConfigurationException>().Which.Code.Should().Be("PROF-003");
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("mechanism: hls-gmac", "association.encryption-key")]
    [InlineData("mechanism: hls-sha1", "association.secret")]
    [InlineData("mechanism: lls\n  context: ln-ciphered", "association.encryption-key")]
    [InlineData("mechanism: hls-gmac\n  encryption-key: test:00\n  authentication-key: test:00", "association.client-title")]
    [InlineData("mechanism: lls\n  dedicated-key: true", "association.context")]
    public void A_key_that_neither_profile_nor_rig_names_is_missed_before_anything_runs(string mechanism, string key)
    {
        DeviceProfile profile = Load("mechanism: lls ", $"{mechanism} ");

        Action complete = () => profile.With(DeviceKeys.None);

        complete.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void The_rig_s_key_comes_before_the_profile_s()
    {
        DeviceKeys keys = DeviceKeys.Read(ConfigurationNode.Parse("password: test:of-the-rig", "rig.yaml"));

        DeviceProfile profile = DeviceProfileLoader.LoadFile(TestProfile.GenericPath).With(keys);

        profile.Association.Keys.Password!.Resolve().ToArray().Should().Equal("of-the-rig"u8.ToArray());
    }

    private static DeviceProfile Load(string good, string bad)
    {
        Generic.Should().Contain(good);
        return DeviceProfileLoader.Load(Generic.Replace(good, bad, StringComparison.Ordinal), "test.yaml");
    }
}
