using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class ServiceAnswerTests
{
    [Fact]
    public void An_answer_is_signed_when_its_document_is_asked_for_and_once_only()
    {
        int signed = 0;
        ServiceAnswer answer = new("I0", null, "<Response/>", xml => $"{xml} signed {++signed}");

        string unsigned = answer.UnsignedXml;
        int before = signed;
        string[] documents = [answer.Xml, answer.Xml];

        unsigned.Should().Be("<Response/>");
        before.Should().Be(0);
        documents.Should().AllBe("<Response/> signed 1");
    }

    [Fact]
    public void An_answer_that_nobody_signs_is_its_text()
    {
        ServiceAnswer answer = new("I99", null, "<Response/>");

        answer.Xml.Should().Be(answer.UnsignedXml).And.Be("<Response/>");
    }
}
