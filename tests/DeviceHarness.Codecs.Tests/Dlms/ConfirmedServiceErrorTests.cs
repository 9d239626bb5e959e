using DeviceHarness.Codecs.Dlms;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class ConfirmedServiceErrorTests
{
    [Theory]
    [InlineData(1, 6, 1, "initiateError", "initiate / dlms-version-too-low")]
    [InlineData(6, 0, 6, "write", "application-reference / deciphering-error")]
    [InlineData(5, 5, 2, "read", "access / object-access-violated")]
    [InlineData(19, 7, 7, "terminateUpLoad", "load-data-set / data-set-not-ready")]
    [InlineData(2, 1, 4, "getStatus", "hardware-resource / other-resource-unavailable")]
    [InlineData(3, 2, 1, "getNameList", "vde-state-error / no-dlms-context")]
    [InlineData(4, 3, 2, "getVariableAttribute", "service / service-unsupported")]
    [InlineData(7, 4, 3, "getDataSetAttribute", "definition / object-attribute-inconsistent")]
    [InlineData(8, 9, 4, "getTIAttribute", "task / ti-unusable")]
    [InlineData(0, 8, 3, "0", "change-scope / 3")]
    [InlineData(20, 6, 5, "20", "initiate / 5")]
    [InlineData(255, 11, 0, "255", "class 11 / 0")]
    public void An_error_has_the_names_of_the_standard(byte service, byte errorClass, byte value, string serviceName, string name)
    {
        ConfirmedServiceError error = new(service, errorClass, value);

        (error.ServiceName, error.Name).Should().Be((serviceName, name));
    }
}
