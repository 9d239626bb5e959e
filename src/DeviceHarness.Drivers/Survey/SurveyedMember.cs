namespace DeviceHarness.Drivers.Survey;

/// <summary>An attribute or a method of an object, with what the association may do with it.</summary>
/// <param name="Id">Its index, from 1.</param>
/// <param name="Mode">Its access mode as the device tells it: of an attribute 0 none, 1 read, 2 write, 3 both, 4 to 6 the same with
/// authentication; of a method 0 none, 1 access, 2 with authentication.</param>
/// <remarks>Spec: IEC 62056-6-2, class 15 version 1, access rights, as this harness's DLMS guide sums them up.</remarks>
public readonly record struct SurveyedMember(int Id, int Mode)
{
    private const int Read = 1;
    private const int Both = 3;
    private const int AuthenticatedRead = 4;
    private const int AuthenticatedBoth = 6;

    /// <summary>Whether an attribute may be read.</summary>
    public bool IsReadable => Mode is Read or Both or AuthenticatedRead or AuthenticatedBoth;
}
