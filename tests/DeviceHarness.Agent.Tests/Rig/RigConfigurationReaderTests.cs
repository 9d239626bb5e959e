using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class RigConfigurationReaderTests
{
    private const string File = "/rigs/bench.yaml";

    private const string Good = """
        rig: bench-07
        description: Two meters.
        users:
          IS: 90-B3-D5-1F-30-01-00-01
          OU: 90-B3-D5-1F-30-01-00-04
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            smets: 2
            status: Pending
            firmware: "4.2.0"
            profile: generic
            link: { via: virtual, model: esme.yaml, baud: 19200, format: 7E1, paced: false }
            overrides: { response-timeout: 400ms, retries: 1 }
            facts: { import-reading-wh: 1234567, baseline-firmware: "4.2.0" }
          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A1
            profile: generic
            link: { via: serial, port: /dev/serial/by-id/probe }
        """;

    [Fact]
    public void A_good_file_gives_the_rig_with_its_users_and_devices_in_file_order()
    {
        RigConfiguration rig = RigConfigurationReader.Parse(Good, File);

        using AssertionScope scope = new();
        rig.Name.Should().Be("bench-07");
        rig.Description.Should().Be("Two meters.");
        rig.Folder.Should().Be("/rigs");
        rig.Users.Keys.Should().Equal("IS", "OU");
        rig.Users["OU"].ToString().Should().Be("90-B3-D5-1F-30-01-00-04");
        rig.Devices.Select(device => device.Id.Value).Should().Equal("esme-01", "esme-02");
    }

    [Fact]
    public void A_secret_is_a_reference_whose_value_stays_on_the_bench_and_whose_name_is_a_fact()
    {
        const string Secrets = "    secrets: { utrn: \"test:73946150284617395026\" }\n";
        string text = Good.Replace("    facts: {", $"{Secrets}    facts: {{", StringComparison.Ordinal);

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        rig.Devices[0].Secrets["utrn"].ToString().Should().Be("test:***");
        rig.BenchDevices[0].Facts["utrn"].Should().Be("(secret)");
        rig.BenchDevices[0].Secrets["utrn"].Should().Be("73946150284617395026");
        rig.BenchDevices[1].Secrets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("secrets: { utrn: \"73946150284617395026\" }")]
    [InlineData("secrets: { baseline-firmware: \"test:4.2.0\" }")]
    public void A_secret_written_out_or_a_fact_too_is_refused_without_showing_it(string secrets)
    {
        string text = Good.Replace("    facts: {", $"    {secrets}\n    facts: {{", StringComparison.Ordinal);

        Action read = () => RigConfigurationReader.Parse(text, File);

        read.Should().Throw<ConfigurationException>().Which.Message.Should().Contain("secrets").And.NotContain("73946150284617395026");
    }

    [Fact]
    public void Everything_that_a_device_states_is_taken()
    {
        RigDevice device = RigConfigurationReader.Parse(Good, File).Devices[0];

        using AssertionScope scope = new();
        device.DeviceType.Should().Be("ESME");
        device.Eui64.ToString().Should().Be("90-B3-D5-1F-30-00-00-A0");
        device.Smets1.Should().BeFalse();
        device.Status.Should().Be(DeviceStatus.Pending);
        device.FirmwareVersion.Should().Be("4.2.0");
        device.Profile.Should().Be("generic");
        device.Link.Should().Be(new RigLink(LinkVia.Virtual, string.Empty, "esme.yaml", 19200, IsSevenEvenOne: true, IsPaced: false));
        device.Overrides.ResponseTimeout.Should().Be(TimeSpan.FromMilliseconds(400));
        device.Overrides.Retries.Should().Be(1);
        device.Facts.Should().Equal(new Dictionary<string, string> { ["import-reading-wh"] = "1234567", ["baseline-firmware"] = "4.2.0" });
    }

    [Fact]
    public void What_a_device_leaves_out_has_the_default_of_a_commissioned_smets1_meter_at_9600_8N1()
    {
        RigDevice device = RigConfigurationReader.Parse(Good, File).Devices[1];

        using AssertionScope scope = new();
        device.Smets1.Should().BeTrue();
        device.Status.Should().Be(DeviceStatus.Commissioned);
        device.FirmwareVersion.Should().BeEmpty();
        device.Link.Should().Be(
            new RigLink(LinkVia.Serial, "/dev/serial/by-id/probe", string.Empty, 9600, IsSevenEvenOne: false, IsPaced: false));
        device.Overrides.ResponseTimeout.Should().BeNull();
        device.Overrides.Retries.Should().BeNull();
        device.Facts.Should().BeEmpty();
    }

    [Theory]
    [InlineData("192.0.2.7:4059", ", framing: wrapper", LinkFraming.Wrapper)]
    [InlineData("[2001:db8::7]:4059", ", framing: hdlc", LinkFraming.Hdlc)]
    [InlineData("meter-7.example:65535", "", LinkFraming.Hdlc)]
    public void A_device_on_the_network_has_an_address_and_frames(string address, string framing, LinkFraming expected)
    {
        string text = Good.Replace(
            "via: serial, port: /dev/serial/by-id/probe", $"via: tcp, address: '{address}'{framing}", StringComparison.Ordinal);

        RigLink link = RigConfigurationReader.Parse(text, File).Devices[1].Link;

        link.Should().Be(new RigLink(LinkVia.Tcp, address, string.Empty, 0, IsSevenEvenOne: false, IsPaced: false) { Framing = expected });
    }

    [Theory]
    [InlineData("via: serial, port: /dev/serial/by-id/probe, sign-on: iec62056-21-e, baud: 19200", true, 19_200)]
    [InlineData("via: serial, port: /dev/serial/by-id/probe, sign-on: iec62056-21-e, format: 8N1", true, 9600)]
    [InlineData("via: serial, port: /dev/serial/by-id/probe, sign-on: none", false, 9600)]
    [InlineData("via: tcp, address: '192.0.2.7:4059', sign-on: iec62056-21-e, baud: 300", true, 300)]
    [InlineData("via: tcp, address: '192.0.2.7:4059', sign-on: iec62056-21-e, framing: hdlc", true, 9600)]
    [InlineData("via: virtual, model: esme.yaml, sign-on: iec62056-21-e", true, 9600)]
    public void A_device_may_be_signed_on_to_before_hdlc(string link, bool isSignedOn, int baud)
    {
        string text = Good.Replace("via: serial, port: /dev/serial/by-id/probe", link, StringComparison.Ordinal);

        RigLink read = RigConfigurationReader.Parse(text, File).Devices[1].Link;

        (read.IsSignedOn, read.Baud, read.Framing).Should().Be((isSignedOn, baud, LinkFraming.Hdlc));
    }

    [Fact]
    public void A_recorded_session_is_a_device_of_the_bench_whose_evidence_says_that_it_was_replayed()
    {
        string text = Good.Replace(
            "via: serial, port: /dev/serial/by-id/probe", "via: 'replay:evidence/smk-01.json'", StringComparison.Ordinal);

        RigLink link = RigConfigurationReader.Parse(text, File).Devices[1].Link;

        link.Should().Be(new RigLink(LinkVia.Replay, string.Empty, "evidence/smk-01.json", 9600, IsSevenEvenOne: false, IsPaced: false));
        (link.IsOnBench, link.Origin).Should().Be((true, Origin.Replayed));
    }

    [Theory]
    [InlineData("via: 'replay:'", "via")]
    [InlineData("via: 'replay:a.json', model: esme.yaml", "model")]
    [InlineData("via: serial, port: /dev/x, sign-on: mode-e", "sign-on")]
    [InlineData("via: serial, port: /dev/x, sign-on: iec62056-21-e, format: 7E1", "format")]
    [InlineData("via: serial, port: /dev/x, sign-on: iec62056-21-e, baud: 230400", "baud")]
    [InlineData("via: tcp, address: '192.0.2.7:4059', sign-on: iec62056-21-e, framing: wrapper", "framing")]
    [InlineData("via: tcp, address: '192.0.2.7:4059', baud: 9600", "baud")]
    public void A_link_that_cannot_be_is_told_with_its_place(string link, string key)
    {
        string text = Good.Replace("via: serial, port: /dev/serial/by-id/probe", link, StringComparison.Ordinal);

        Action read = () => RigConfigurationReader.Parse(text, File);

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be($"devices.esme-02.link.{key}");
    }

    [Fact]
    public void A_virtual_device_may_have_faults_on_its_line_and_a_wrong_plan_is_told()
    {
        string text = Good.Replace("model: esme.yaml", "model: esme.yaml, faults: 'seed=7,loss=0.01'", StringComparison.Ordinal);
        Action wrong = () => RigConfigurationReader.Parse(text.Replace("loss=0.01", "lost=1", StringComparison.Ordinal), File);

        RigConfigurationReader.Parse(text, File).Devices[0].Link.Faults!.Seed.Should().Be(7);
        wrong.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain("wrong-baud");
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("192.0.2.7:0")]
    [InlineData("192.0.2.7:65536")]
    [InlineData(":4059")]
    [InlineData("a b:4059")]
    public void A_wrong_address_is_told_with_its_place(string address)
    {
        string text = Good.Replace(
            "via: serial, port: /dev/serial/by-id/probe", $"via: tcp, address: '{address}'", StringComparison.Ordinal);

        Action read = () => RigConfigurationReader.Parse(text, File);

        read.Should().Throw<ConfigurationException>().Which.Key.Should().EndWith("link.address");
    }

    [Fact]
    public void A_virtual_device_is_paced_unless_the_file_says_otherwise()
    {
        RigConfiguration rig = RigConfigurationReader.Parse(Good.Replace(", paced: false", string.Empty, StringComparison.Ordinal), File);

        rig.Devices[0].Link.IsPaced.Should().BeTrue();
    }

    [Theory]
    [InlineData("rig-config.yaml")]
    [InlineData("rigs/secured/rig.yaml")]
    [InlineData("rigs/models/rig.yaml")]
    public void The_rigs_of_the_repository_find_its_profiles(string file)
    {
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, file));

        rig.ProfilesFolder.Should().Be(Path.Combine(RepositoryRoot.Path, "rigs", "profiles"));
    }

    [Fact]
    public void What_migration_asks_of_a_device_reaches_its_inventory_row()
    {
        string text = Good.Replace(
            "    overrides: {",
            """
                cohort: MOC
                activity: { smso: active, supplier: dormant }
                owners:
                  network-operator-certificate: 90-B3-D5-1F-30-01-00-03
                  network-operator-certificate-at-s1sp: 90-B3-D5-1F-30-01-00-05
                overrides: {
            """, StringComparison.Ordinal);

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        InventoryDevice row = rig.Devices[0].InventoryRow;
        row.Cohort.Should().Be(Smets1Cohort.Moc);
        row.Activity.Should().Be(new ActivityViews(InstallationActivity.Active, InstallationActivity.Dormant));
        row.Ownership!.ProxiesDiffer.Should().BeTrue();
        rig.Devices[1].InventoryRow.Cohort.Should().Be(Smets1Cohort.Unknown);
        rig.Devices[1].InventoryRow.Activity.Should().BeNull();
    }

    [Fact]
    public void A_role_may_have_a_second_user_of_its_own_name()
    {
        string text = Good.Replace("  OU: 90", "  OU-other: 90-B3-D5-1F-30-01-00-09\n  OU: 90", StringComparison.Ordinal);

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        rig.Users["OU-other"].ToString().Should().Be("90-B3-D5-1F-30-01-00-09");
        ServiceUsers.ByKeys(rig.Users).RolesOf(rig.Users["OU-other"]).Should().Equal("OU");
    }

    [Theory]
    [InlineData("", "moc")]
    [InlineData("firmware-update-rules: moc", "moc")]
    [InlineData("firmware-update-rules: secmp0007", "secmp0007")]
    [InlineData("firmware-update-rules: { name: mine, source: a paper, ppmid-cohorts: [ IOC ] }", "mine")]
    public void The_rules_for_firmware_have_a_name_and_a_default(string line, string name)
    {
        RigConfigurationReader.Parse($"{Good}\n{line}\n", File).FirmwareUpdateRules.Name.Should().Be(name);
    }

    [Fact]
    public void The_rig_file_of_the_repository_is_sound()
    {
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rig-config.yaml"));

        rig.Devices.Should().OnlyContain(device => device.Link.Via == LinkVia.Virtual, "it has to work on a bare laptop");
        rig.Folder.Should().Be(RepositoryRoot.Path);
    }

    [Theory]
    [InlineData("", RequestSignaturePolicy.WhereKnown)]
    [InlineData("request-signatures: where-known", RequestSignaturePolicy.WhereKnown)]
    [InlineData("request-signatures: required", RequestSignaturePolicy.Required)]
    [InlineData("request-signatures: not-checked", RequestSignaturePolicy.NotChecked)]
    public void The_policy_for_signatures_of_requests_has_a_name_and_a_default(string line, RequestSignaturePolicy policy)
    {
        RigConfigurationReader.Parse($"{Good}\n{line}\n", File).RequestSignatures.Should().Be(policy);
    }

    [Fact]
    public void A_missing_file_says_which_and_how_to_name_another()
    {
        Action read = () => RigConfigurationReader.Read("/nowhere/rig.yaml");

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;
        fault.Code.Should().Be("RIG-001");
        fault.File.Should().Be("/nowhere/rig.yaml");
        fault.Allowed.Should().Contain("--rig-config");
    }

    // What is replaced in the good file, by what; then code, line, column, key, what was found and a part of what is allowed.
    [Theory]
    [InlineData("rig: bench-07", "rig: Bench_07", "CONF-004", 1, 6, "rig", "'Bench_07'", "lower-case letters")]
    [InlineData("rig: bench-07", "rig:", "CONF-002", 1, 1, "rig", "nothing", "the key 'rig'")]
    [InlineData("rig: bench-07", "rig: [a]", "CONF-004", 1, 6, "rig", "a list", "a single value")]
    [InlineData("rig: bench-07", "rig: bench-07\nrug: 1",
        "CONF-003", 2, 1, "rug", "the key 'rug'",
        "alert-throttle, anomaly-thresholds, buttons, clock, description, device-status-rules, devices, duis-versions, firmware-register, "
            + "firmware-update-rules, installations, key-rotation, migration-rules, parallel, power, products-list, "
            + "request-signatures, rig, step-kinds, tamper, users")]
    [InlineData("rig: bench-07", "rig: bench-07\nrequest-signatures: always", "CONF-004", 2, 21, "request-signatures", "'always'",
        "where-known, required, not-checked")]
    [InlineData("  IS: 90-", "  XX: 90-", "CONF-003", 4, 3, "users.XX", "the key 'XX'", "ED, ED-other, ES, ES-other, GS, ")]
    [InlineData("30-01-00-01", "30-01-00", "CONF-004", 4, 7, "users.IS", "'90-B3-D5-1F-30-01-00'", "an EUI-64 such as")]
    [InlineData("  esme-02:", "  Esme 2:", "CONF-004", 18, 5, "devices.Esme 2", "'Esme 2'", "a device name of lower-case letters")]
    [InlineData("type: ESME\n    eui64: 90-B3-D5-1F-30-00-00-A1", "eui64: 90-B3-D5-1F-30-00-00-A1",
        "CONF-002", 18, 5, "devices.esme-02.type",
        "nothing", "the key 'type'")]
    [InlineData("type: ESME\n    eui64: 90-B3-D5-1F-30-00-00-A0", "type: Esme\n    eui64: 90-B3-D5-1F-30-00-00-A0", "CONF-004", 8, 11,
        "devices.esme-01.type", "'Esme'", "ESME, GSME, GPF")]
    [InlineData("00-00-A1", "00-00-A0", "CONF-004", 19, 12, "devices.esme-02.eui64", "the EUI-64 of esme-01", "of its own for each")]
    [InlineData("00-00-A1", "00-00-AX", "CONF-004", 19, 12, "devices.esme-02.eui64", "'90-B3-D5-1F-30-00-00-AX'", "an EUI-64")]
    [InlineData("smets: 2", "smets: 3", "CONF-004", 10, 12, "devices.esme-01.smets", "'3'", "a whole number from 1 to 2")]
    [InlineData("status: Pending", "status: pending", "CONF-004", 11, 13, "devices.esme-01.status", "'pending'", "Pending")]
    [InlineData("firmware: \"4.2.0\"\n", "firmware: { a: b }\n",
        "CONF-004", 12, 15, "devices.esme-01.firmware", "a mapping", "a single value")]
    [InlineData("via: virtual", "via: usb", "CONF-004", 14, 18, "devices.esme-01.link.via", "'usb'", "serial, virtual, tcp")]
    [InlineData("model: esme.yaml, ", "", "CONF-002", 14, 11, "devices.esme-01.link.model", "nothing", "the key 'model'")]
    [InlineData("port: /dev/serial/by-id/probe", "prt: x", "CONF-002", 21, 11, "devices.esme-02.link.port", "nothing", "the key 'port'")]
    [InlineData("via: serial, ", "via: serial, model: x, ",
        "CONF-003", 21, 26, "devices.esme-02.link.model", "the key 'model'", "baud, format")]
    [InlineData("baud: 19200", "baud: 299", "CONF-004", 14, 51, "devices.esme-01.link.baud", "'299'", "a whole number from 300 to 3000000")]
    [InlineData("format: 7E1", "format: 7O1", "CONF-004", 14, 66, "devices.esme-01.link.format", "'7O1'", "8N1, 7E1")]
    [InlineData("paced: false", "paced: no", "CONF-004", 14, 78, "devices.esme-01.link.paced", "'no'", "true, false")]
    [InlineData("retries: 1", "retries: -1", "CONF-004", 15, 52, "devices.esme-01.overrides.retries", "'-1'", "a whole number from 0")]
    [InlineData("400ms", "400", "CONF-004", 15, 36, "devices.esme-01.overrides.response-timeout", "'400'", "a duration such as 250ms")]
    [InlineData("retries: 1", "retrys: 1",
        "CONF-003", 15, 43, "devices.esme-01.overrides.retrys", "the key 'retrys'", "response-timeout, retries")]
    [InlineData("import-reading-wh: 1234567", "import-reading-wh:",
        "CONF-002", 16, 12, "devices.esme-01.facts.import-reading-wh", "nothing",
        "the key 'import-reading-wh'")]
    [InlineData("import-reading-wh: 1234567", "? [a] : 1",
        "CONF-004", 16, 12, "devices.esme-01.facts", "a key that is not", "single values")]
    [InlineData("profile: generic\n    link: { via: s", "profil: generic\n    link: { via: s", "CONF-002", 18, 5, "devices.esme-02.profile",
        "nothing", "the key 'profile'")]
    public void An_error_names_file_line_column_key_what_was_found_and_what_is_allowed(
        string good, string bad, string code, int line, int column, string key, string found, string allowed)
    {
        string text = Good.ReplaceLineEndings("\n");
        text.Should().Contain(good);
        Action read = () => RigConfigurationReader.Parse(text.Replace(good, bad, StringComparison.Ordinal), File);

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;

        using AssertionScope scope = new();
        fault.Code.Should().Be(code);
        fault.File.Should().Be(File);
        fault.Line.Should().Be(line);
        fault.Column.Should().Be(column);
        fault.Key.Should().Be(key);
        fault.Found.Should().StartWith(found);
        fault.Allowed.Should().Contain(allowed);
        fault.Message.Should().StartWith($"{File}:{line}:{column}: {key}: found ");
    }

    [Theory]
    [InlineData("rig: [", "CONF-001")]
    [InlineData("", "CONF-001")]
    [InlineData("- rig: a", "CONF-001")]
    [InlineData("rig: a\nrig: b", "CONF-001")]
    [InlineData("rig: a\n---\nrig: b", "CONF-001")]
    public void Text_that_is_not_one_yaml_mapping_is_refused(string text, string code)
    {
        Action read = () => RigConfigurationReader.Parse(text, File);

        read.Should().Throw<ConfigurationException>().Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(RigConfiguration.MaximumDevices, true)]
    [InlineData(RigConfiguration.MaximumDevices + 1, false)]
    public void A_rig_has_at_least_one_device_and_at_most_the_limit(int devices, bool isAllowed)
    {
        string entries = string.Concat(Enumerable.Range(0, devices).Select(index =>
            $"\n  d{index}: {{ type: ESME, eui64: 90-B3-D5-1F-30-00-01-{index:X2}, profile: p, "
            + $"link: {{ via: serial, port: p{index} }} }}"));
        string text = $"rig: a\nusers: {{}}\ndevices:{(devices == 0 ? " {}" : entries)}\n";
        Action read = () => RigConfigurationReader.Parse(text, File);

        if (isAllowed)
        {
            read.Should().NotThrow();
        }
        else
        {
            read.Should().Throw<ConfigurationException>().Which.Found.Should().Be($"{devices} devices");
        }
    }

    [Fact]
    public void Without_a_products_list_what_the_file_says_of_its_devices_is_approved()
    {
        RigConfiguration rig = RigConfigurationReader.Parse(Good, File);

        rig.Products.Should().Equal(new CertifiedProduct("ESME", "generic", "4.2.0"));
        rig.DeviceStatusRules.Should().Be(DeviceStatusRules.Mp105);
        rig.Devices[1].InventoryRow.Ownership.Should().BeNull();
    }

    [Theory]
    [InlineData("4.2.0", DeviceStatus.Commissioned)]
    [InlineData("4.2.1", DeviceStatus.Suspended)]
    public void A_device_in_use_that_the_products_list_does_not_hold_is_suspended(string listed, DeviceStatus status)
    {
        string list = $"products-list:\n  - {{ type: ESME, model: generic, firmware: \"{listed}\" }}\n";
        string text = list + Good.Replace("status: Pending", "status: Commissioned", StringComparison.Ordinal);

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        rig.Devices.Select(device => device.Status).Should().Equal(status, DeviceStatus.Commissioned);
    }

    [Fact]
    public void The_rules_of_status_and_the_owners_of_a_device_are_taken()
    {
        string text = "device-status-rules: before-mp105\n" + Good + """

                owners:
                  supplier-certificate: 90-B3-D5-1F-30-01-00-01
                  network-operator-certificate: 90-B3-D5-1F-30-01-00-03
                  registrations:
                    - { role: IS, user: 90-B3-D5-1F-30-01-00-01, from: 2026-01-31T00:00:00Z, to: 2026-03-01T00:00:00Z }
            """;

        RigConfiguration rig = RigConfigurationReader.Parse(text, File);

        DeviceOwnership ownership = rig.Devices[1].InventoryRow.Ownership!;
        using AssertionScope scope = new();
        rig.DeviceStatusRules.Should().Be(DeviceStatusRules.BeforeMp105);
        ownership.SupplierCertificate.Should().Be(rig.Users["IS"]);
        ownership.NetworkOperatorCertificate.ToString().Should().Be("90-B3-D5-1F-30-01-00-03");
        ownership.Registrations.Should().Equal(new Registration(
            "IS", rig.Users["IS"], new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("device-status-rules: after-mp105", "device-status-rules", "before-mp105, mp105")]
    [InlineData("products-list: [ { type: ESME } ]", "products-list[0].firmware", "key")]
    [InlineData("products-list: [ { type: ESME, firmware: '1', colour: red } ]", "products-list[0].colour", "firmware")]
    public void What_is_wrong_with_rules_and_list_is_told_with_its_key(string line, string key, string allowed)
    {
        Action read = () => RigConfigurationReader.Parse($"{line}\n{Good}", File);

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;

        fault.Key.Should().Be(key);
        fault.Allowed.Should().Contain(allowed);
    }

    [Fact]
    public void A_hub_names_the_meter_that_feeds_it()
    {
        RigConfiguration rig = RigConfigurationReader.Parse($"{Good}\n{Hub("esme-02", "CHF")}", File);

        rig.Devices[^1].SuppliedBy!.Value.Value.Should().Be("esme-02");
        rig.Devices[0].SuppliedBy.Should().BeNull();
    }

    [Theory]
    [InlineData("esme-09", "CHF")]
    [InlineData("chf-01", "CHF")]
    [InlineData("esme-01", "PPMID")]
    public void Only_a_hub_is_fed_and_only_by_a_meter_of_the_file(string meter, string type)
    {
        Action parse = () => RigConfigurationReader.Parse($"{Good}\n{Hub(meter, type)}", File);

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be("devices.chf-01.supplied-by");
    }

    [Fact]
    public void A_driver_whose_assembly_is_not_there_names_its_place()
    {
        string text = Good.Replace("    smets: 2", "    smets: 2\n    driver: { assembly: nobody.dll }", StringComparison.Ordinal);
        Action parse = () => RigConfigurationReader.Parse(text, File);

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be("devices.esme-01.driver.assembly");
    }

    private static string Hub(string meter, string type) => $$"""
          chf-01:
            type: {{type}}
            eui64: 90-B3-D5-1F-30-00-00-A2
            profile: generic-smets1-hub
            supplied-by: {{meter}}
            link: { via: virtual, model: hub.yaml }

        """;
}
