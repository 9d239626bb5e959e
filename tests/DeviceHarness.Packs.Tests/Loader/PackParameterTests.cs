using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

public sealed class PackParameterTests
{
    private const string Declared = """
        parameters:
          pause: { type: duration, default: 2s, at-least: 1s, at-most: 1m, description: How long it waits. }
          turns: { type: integer, default: 3, at-least: 2, at-most: 5, description: How often it reads. }
          role: { type: text, default: IS, one-of: [ IS, ED ], description: Who reads. }
          slow: { type: boolean, default: false, description: Nothing. }

        """;

    private static readonly string Text = PackText.WithSteps("""
        - wait: ${parameter.pause}
        - request: { srv: 4.1.1, role: "${parameter.role}" }
          times: ${parameter.turns}
        """).Replace("needs:", Declared + "needs:", StringComparison.Ordinal);

    [Fact]
    public void A_parameter_stands_for_its_default()
    {
        TestPack pack = PackText.Load(Text);

        pack.Cases[0].Steps.OfType<WaitStep>().Single().Duration.Should().Be(TimeSpan.FromSeconds(2));
        pack.Cases[0].Steps.OfType<RequestStep>().Should().HaveCount(3).And.OnlyContain(step => step.Request.Role == "IS");
        pack.Parameters.Should().HaveCount(4).And.OnlyContain(parameter => !parameter.IsGiven);
        pack.Hash.Should().Be(TestPack.HashOf(Text));
    }

    [Fact]
    public void A_value_that_is_given_is_frozen_with_the_pack()
    {
        PackBundle bundle = new(Text, "sample.pack.yaml");
        bundle.Give(new Dictionary<string, string> { ["pause"] = "5s", ["role"] = "ED" });

        TestPack pack = PackLoader.Load(bundle.Text, "frozen");

        pack.Cases[0].Steps.OfType<WaitStep>().Single().Duration.Should().Be(TimeSpan.FromSeconds(5));
        pack.Cases[0].Parameters.Should().Contain("role", "ED").And.Contain("turns", "3");
        pack.Parameters.Where(parameter => parameter.IsGiven).Select(parameter => parameter.Name).Should().Equal("pause", "role");
        pack.Hash.Should().NotBe(TestPack.HashOf(Text));
    }

    [Theory]
    [InlineData("pause", "2m")]
    [InlineData("pause", "2")]
    [InlineData("turns", "6")]
    [InlineData("turns", "2.5")]
    [InlineData("role", "XX")]
    [InlineData("slow", "yes")]
    [InlineData("role", "${now}")]
    [InlineData("other", "1")]
    public void A_value_that_is_not_allowed_is_refused_with_what_is(string name, string value)
    {
        PackBundle bundle = new(Text, "sample.pack.yaml");
        bundle.Give(new Dictionary<string, string> { [name] = value });

        PackReading reading = PackLoader.Check(bundle.Text, "sample.pack.yaml");

        reading.Faults.Should().ContainSingle();
        reading.Faults[0].Code.Should().Be(PackFaults.Parameter);
        reading.Faults[0].File.Should().Be("--parameter");
        reading.Faults[0].Key.Should().Be(name);
    }

    [Theory]
    [InlineData("${parameter.role}", "${parameter.rule}", "cases[0].steps[1].request.role PACK-002")]
    [InlineData("default: 2s", "default: 2m", "parameters.pause.default PACK-016")]
    [InlineData("at-least: 1s", "at-least: 1", "parameters.pause.at-least PACK-016")]
    [InlineData("slow: {", "slow: { at-least: 1,", "parameters.slow.at-least PACK-016")]
    [InlineData("slow:", "1slow:", "parameters.1slow PACK-016")]
    [InlineData("type: boolean", "type: flag", "parameters.slow.type CONF-004")]
    public void A_pack_that_declares_or_uses_one_wrongly_is_told_where(string from, string to, string fault)
    {
        string text = Text.Replace(from, to, StringComparison.Ordinal);

        PackReading reading = PackLoader.Check(text, "sample.pack.yaml");

        reading.Faults.Select(found => $"{found.Key} {found.Code}").Should().Equal(fault);
    }

    [Fact]
    public void The_secret_of_a_device_is_no_parameter()
    {
        string text = PackText.WithSteps("- request: { srv: \"2.2\", body: { UTRN: \"${parameter.utrn}\" } }").Replace(
            "needs:", "parameters: { utrn: { type: text, default: \"12345678901234567890\", description: No. } }\nneeds:",
            StringComparison.Ordinal);

        PackLoader.Check(text, "sample.pack.yaml").Faults.Should().Contain(fault => fault.Code == PackFaults.Secret);
    }

    [Theory]
    [InlineData("{ cases: 2 }", "declares.cases PACK-017")]
    [InlineData("{ cases-with-device: 2 }", "declares.cases-with-device PACK-017")]
    [InlineData("{ cases-with-device: most }", "declares.cases-with-device CONF-004")]
    [InlineData("{ cases: 1, cases-with-device: 100% }", "")]
    public void A_pack_with_less_than_it_declares_is_refused(string declared, string fault)
    {
        string text = Text.Replace("needs:", $"declares: {declared}\nneeds:", StringComparison.Ordinal);

        PackReading reading = PackLoader.Check(text, "sample.pack.yaml");

        reading.Faults.Select(found => $"{found.Key} {found.Code}").Should().Equal(fault.Length == 0 ? [] : [fault]);
    }

    [Fact]
    public void A_share_counts_the_cases_that_reach_a_device()
    {
        string text = Text.Replace("needs:", "declares: { cases-with-device: 60% }\nneeds:", StringComparison.Ordinal) + """

              - { id: C-2, title: Another, device: esme, srv: 4.1.1, steps: [ { wait: 1s } ] }
            """;

        PackReading reading = PackLoader.Check(text, "sample.pack.yaml");

        reading.Faults.Should().ContainSingle().Which.Found.Should().Be("1 of 2 cases that reach a device");
    }
}
