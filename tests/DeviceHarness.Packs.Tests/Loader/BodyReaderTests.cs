using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.Packs.Variables;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

/// <summary>The body of a request as a pack writes it, against the XML that is sent.</summary>
public sealed class BodyReaderTests
{
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    [Fact]
    public void A_list_is_an_element_for_each_item_with_attributes_and_text()
    {
        string text = PackText.WithSteps("""
            - request:
                srv: "7.10"
                body:
                  RemoveFromBoostButton:
                    - { "@index": 1, "#": "true" }
                    - { "@index": 2, "#": "false" }
                    - { "@index": 3, "#": "false" }
                    - { "@index": 4, "#": "false" }
                    - { "@index": 5, "#": "false" }
            """);
        RequestStep step = PackText.Load(text).Cases[0].Steps.OfType<RequestStep>().Single();

        string xml = step.Request.Compose(new RequestId(Meter, Meter, Counter: 1), new NoVariables(), DuisSchema.CurrentVersion);

        xml.Should().Contain("<sr:RemoveFromBoostButton index=\"1\">true</sr:RemoveFromBoostButton>")
            .And.Contain("<sr:RemoveFromBoostButton index=\"5\">false</sr:RemoveFromBoostButton>");
    }

    [Theory]
    [InlineData("{ SupplierMessage: { \"#\": a, B: c } }", "body.SupplierMessage")]
    [InlineData("{ SupplierMessage: { \"@1\": a } }", "body.SupplierMessage.@1")]
    [InlineData("{ \"@index\": 1 }", "body.@index")]
    [InlineData("{ SupplierMessage: [ { \"1\": a } ] }", "body.SupplierMessage[0].1")]
    public void What_is_no_element_is_refused_with_its_place(string body, string key)
    {
        string text = PackText.WithSteps($"- request: {{ srv: \"3.1\", body: {body} }}");

        ConfigurationException fault = PackLoader.Check(text, "sample.pack.yaml").Faults.Should().ContainSingle().Which;

        fault.Code.Should().Be(PackFaults.RequestBody);
        fault.Key.Should().Be($"cases[0].steps[0].request.{key}");
    }

    private sealed class NoVariables : IVariableSource
    {
        public string? Find(VariableReference reference) => null;
    }
}
