using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Abstractions.Tests.Configuration;

public sealed class ConfigurationNodeTests
{
    private const string File = "rig.yaml";

    private const string Text =
        """
        name: bench-01
        baud: 9600
        address: 0x11
        offset: -2.5
        paced: true
        wait: 250ms
        empty:
        list:
          - first
          - second
        """;

    private static readonly Dictionary<string, int> Choices = new() { ["one"] = 1, ["bench-01"] = 2 };

    [Fact]
    public void Values_are_read_by_type()
    {
        ConfigurationNode root = ConfigurationNode.Parse(Text, File);

        root.Require("name").AsText().Should().Be("bench-01");
        root.Require("name").AsOneOf(Choices).Should().Be(2);
        root.Require("baud").AsInteger(300, 115_200).Should().Be(9600);
        root.Require("address").AsInteger(0, 127).Should().Be(17);
        root.Require("offset").AsNumber(-10, 10).Should().Be(-2.5);
        root.Require("paced").AsBoolean().Should().BeTrue();
        root.Require("list").Items().Select(item => item.AsText()).Should().Equal("first", "second");
        root.Find("empty").Should().BeNull("an empty value is as good as none");
        root.Find("missing").Should().BeNull();
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("5s", 5_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void A_duration_has_a_unit(string text, int milliseconds)
    {
        ConfigurationNode root = ConfigurationNode.Parse($"wait: {text}", File);

        root.Require("wait").AsDuration(TimeSpan.Zero, TimeSpan.FromHours(2)).Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("5d")]
    [InlineData("999999999999999h")]
    public void What_is_no_duration_is_refused(string text)
    {
        ConfigurationNode node = ConfigurationNode.Parse($"wait: \"{text}\"", File).Require("wait");

        node.Invoking(value => value.AsDuration(TimeSpan.Zero, TimeSpan.FromDays(1))).Should().Throw<ConfigurationException>()
            .Which.Code.Should().Be("CONF-004");
    }

    [Fact]
    public void A_wrong_value_is_told_with_file_line_column_key_found_and_allowed()
    {
        ConfigurationNode root = ConfigurationNode.Parse("devices:\n  - baud: 12\n", File);
        ConfigurationNode baud = root.Require("devices").Items()[0].Require("baud");

        ConfigurationException fault = baud.Invoking(value => value.AsInteger(300, 9600)).Should().Throw<ConfigurationException>().Which;

        (fault.File, fault.Line, fault.Column, fault.Key).Should().Be((File, 2, 11, "devices[0].baud"));
        fault.Found.Should().Be("'12'");
        fault.Allowed.Should().Be("a whole number from 300 to 9600");
        fault.IsTransient.Should().BeFalse();
    }

    [Fact]
    public void A_missing_key_names_the_place_that_lacks_it()
    {
        ConfigurationNode root = ConfigurationNode.Parse("link: { via: serial }", File);
        ConfigurationNode link = root.Require("link");

        ConfigurationException fault = link.Invoking(node => node.Require("port")).Should().Throw<ConfigurationException>().Which;

        (fault.Code, fault.Line, fault.Key).Should().Be(("CONF-002", 1, "link.port"));
    }

    [Fact]
    public void A_key_that_nobody_read_is_refused_with_those_that_are_known()
    {
        ConfigurationNode root = ConfigurationNode.Parse("name: a\nbuad: 9600\n", File);
        _ = root.Require("name");
        _ = root.Find("baud");

        ConfigurationException fault = root.Invoking(node => node.RejectOtherKeys()).Should().Throw<ConfigurationException>().Which;

        (fault.Code, fault.Line, fault.Column, fault.Found).Should().Be(("CONF-003", 2, 1, "the key 'buad'"));
        fault.Allowed.Should().Be("baud, name");
    }

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("- a\n- b")]
    [InlineData("")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("just text")]
    public void A_file_that_is_not_one_mapping_is_refused(string text)
    {
        Action parse = () => ConfigurationNode.Parse(text, File);

        parse.Should().Throw<ConfigurationException>().Which.Code.Should().Be("CONF-001");
    }

    [Fact]
    public void A_file_above_the_limit_is_refused()
    {
        Action parse = () => ConfigurationNode.Parse(new string(' ', ConfigurationNode.MaximumCharacters + 1), File);

        parse.Should().Throw<ConfigurationException>().Which.Code.Should().Be("CONF-005");
    }

    [Fact]
    public void Another_shape_than_asked_for_is_refused()
    {
        ConfigurationNode root = ConfigurationNode.Parse("text: a\nmap: { b: c }", File);
        ConfigurationNode text = root.Require("text");

        Allowed(() => text.Items()).Should().Be("a list");
        Allowed(() => text.Require("x")).Should().Be("a mapping");
        Allowed(() => root.Require("map").AsText()).Should().Be("a single value");
        Allowed(() => text.AsBoolean()).Should().Be("true, false");
        Allowed(() => text.AsOneOf(Choices)).Should().Be("one, bench-01");
    }

    private static string Allowed(Action read) => read.Should().Throw<ConfigurationException>().Which.Allowed;

    [Fact]
    public void A_mapping_over_another_has_its_own_values_first_and_the_others_where_it_has_none()
    {
        ConfigurationNode basis = ConfigurationNode.Parse("a: 1\nb: 2\nc: { x: 1, y: 2 }\nd: { x: 1, y: 2 }\ne: 5\n", "basis.yaml");
        ConfigurationNode own = ConfigurationNode.Parse("a: 7\nc: { x: 8 }\nd: { x: 9 }\ne:\n", File);

        ConfigurationNode joined = own.Over(basis, ["c"]);

        joined.Require("a").AsText().Should().Be("7");
        joined.Require("b").AsText().Should().Be("2");
        joined.Require("b").File.Should().Be("basis.yaml");
        joined.Require("c").Require("x").AsText().Should().Be("8");
        joined.Require("c").Require("y").AsText().Should().Be("2");
        joined.Require("d").Find("y").Should().BeNull("it is not joined");
        joined.Find("e").Should().BeNull("a key without a value takes away");
    }

    [Fact]
    public void In_a_mapping_over_another_only_its_own_keys_must_be_known()
    {
        ConfigurationNode basis = ConfigurationNode.Parse("a: 1\nz: 2\n", "basis.yaml");
        ConfigurationNode joined = ConfigurationNode.Parse("b: 3\n", File).Over(basis, []);

        joined.Find("a");

        joined.OtherKeys().Should().ContainSingle().Which.Key.Should().Be("b");
    }
}
