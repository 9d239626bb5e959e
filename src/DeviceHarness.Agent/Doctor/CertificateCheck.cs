using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether each adapter holds a certificate that a production device would accept.</summary>
internal sealed class CertificateCheck : IDoctorCheck
{
    private const string Advice =
        "get a certificate of the authority that the devices trust, and name its folder under 'certificates' of the adapter";

    /// <inheritdoc/>
    public string Name => "certificate";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([.. scene.Rig.Adapters.Select(Look)]);

    private DoctorFinding Look(RigAdapter adapter)
    {
        if (adapter.AgreesOnKeysItself)
        {
            return new DoctorFinding(
                Name, adapter.Name, DoctorState.Note,
                "the adapter's firmware is to hold it; whether a device trusts who issued it shows when it joins",
                "the check of the adapter below says when its firmware holds none");
        }

        if (adapter.Certificates is not { } folder)
        {
            // A virtual device asks for no other.
            bool isEnough = adapter.IsVirtual && adapter.TestAuthority is not null;
            return new DoctorFinding(
                Name, adapter.Name, isEnough ? DoctorState.Note : DoctorState.Wrong,
                $"no certificate is held that a production device would accept: {adapter.CertificateText}", Advice);
        }

        try
        {
            using AdapterCertificates held = AdapterCertificates.Read(folder);
            return new DoctorFinding(
                Name, adapter.Name, DoctorState.Good,
                $"{held.Identities.Count} of its own; whether a device trusts who issued them shows when it joins", string.Empty);
        }
        catch (ConfigurationException fault)
        {
            return new DoctorFinding(Name, adapter.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}", Advice);
        }
    }
}
