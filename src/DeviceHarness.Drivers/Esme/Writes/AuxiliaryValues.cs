using System.Globalization;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>What requests for auxiliary loads write.</summary>
internal static class AuxiliaryValues
{
    /// <summary>The number of a load, as a word that the profile turns into what its device takes.</summary>
    internal static DlmsData Load(int index) => DlmsData.VisibleString(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes each control of the boost button that the request means; the profile says with what.</summary>
    internal static void Boost(WritePlan plan, IReadOnlyList<bool> loads)
    {
        for (int load = 0; load < loads.Count; load++)
        {
            if (loads[load])
            {
                plan.AtOnce(string.Create(CultureInfo.InvariantCulture, $"BoostFunctionControl{load + 1}"), DlmsData.Boolean(true));
            }
        }
    }
}
