using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

/// <summary>Which ciphered service is held against octets of others, in which wrapper, and which is not and why.</summary>
public sealed class RecordedServicesTests
{
    private const string NoneKnown = "no public recording or worked example of it was found";
    private const string NoWrapper = "it has no wrapper of its own: it goes in a general one";

    private static readonly ApduTag[] Services =
    [
        ApduTag.InitiateRequest, ApduTag.InitiateResponse, ApduTag.ConfirmedServiceError, ApduTag.GetRequest, ApduTag.GetResponse,
        ApduTag.SetRequest, ApduTag.SetResponse, ApduTag.ActionRequest, ApduTag.ActionResponse, ApduTag.EventNotification,
        ApduTag.DataNotification,
    ];

    /// <summary>What no octets of others are there for. Both our ends speak each of these with one another.</summary>
    private static readonly Dictionary<(ApduTag Service, CipheringForm Form), string> Without = new()
    {
        [(ApduTag.InitiateRequest, CipheringForm.ServiceSpecificDedicated)] = "an association begins with the global key",
        [(ApduTag.InitiateRequest, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.InitiateRequest, CipheringForm.GeneralDedicated)] = "an association begins with the global key",
        [(ApduTag.InitiateResponse, CipheringForm.ServiceSpecificDedicated)] = "an association begins with the global key",
        [(ApduTag.InitiateResponse, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.InitiateResponse, CipheringForm.GeneralDedicated)] = "an association begins with the global key",
        [(ApduTag.ConfirmedServiceError, CipheringForm.ServiceSpecificDedicated)] = NoneKnown,
        [(ApduTag.ConfirmedServiceError, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.ConfirmedServiceError, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.SetRequest, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.SetRequest, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.SetResponse, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.SetResponse, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.ActionRequest, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.ActionResponse, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.EventNotification, CipheringForm.GeneralGlobal)] = NoneKnown,
        [(ApduTag.EventNotification, CipheringForm.GeneralDedicated)] = NoneKnown,
        [(ApduTag.DataNotification, CipheringForm.ServiceSpecificGlobal)] = NoWrapper,
        [(ApduTag.DataNotification, CipheringForm.ServiceSpecificDedicated)] = NoWrapper,
        [(ApduTag.DataNotification, CipheringForm.GeneralDedicated)] = NoneKnown,
    };

    [Fact]
    public void Each_service_is_recorded_in_each_wrapper_or_is_listed_with_a_reason()
    {
        HashSet<(ApduTag Service, CipheringForm Form)> recorded =
        [
            .. CipheredVectors.Opened.Select(vector => (
                (ApduTag)Convert.FromHexString(vector.Fields.Text("plaintext").Replace(" ", "", StringComparison.Ordinal))[0],
                CipheredTags.TryGetForm((ApduTag)vector.Octets[0], out CipheringForm form)
                    ? form
                    : throw new InvalidDataException(vector.Name))),
        ];
        IEnumerable<(ApduTag Service, CipheringForm Form)> all =
            Services.SelectMany(_ => Enum.GetValues<CipheringForm>(), (service, form) => (service, form));

        all.Except(recorded).Should().BeEquivalentTo(Without.Keys, "what is recorded is not listed, and what is not is");
    }
}
