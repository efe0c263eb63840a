@echo off
rem Runs the aggregator on Windows as the script pocx-aggregator does elsewhere: finds a Java, builds the program where it is
rem missing or older than the sources, and passes all arguments and the exit status on.
rem
rem POCX_JAVA_OPTS (or JAVA_OPTS) is added to the JVM's options and wins over those below, for example -Xmx1g.
rem POCX_NO_BUILD=1 runs the program that is there, whatever the sources say.
rem POCX_PREPARE=1 makes the start archives instead of running anything.
rem
rem All variables begin with _pocx_: the program sees them, and a configuration may name any other variable. No block in
rem parentheses holds a path without quotes, as a path may have parentheses, too. Delayed expansion would eat exclamation marks.
setlocal EnableExtensions DisableDelayedExpansion

set "_pocx_home=%~dp0"
if "%_pocx_home:~-1%"=="\" set "_pocx_home=%_pocx_home:~0,-1%"

rem The same options as in pocx-aggregator, with the same reasons.
set "_pocx_options=-XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -Xms64m -Xmn24m -Xmx512m"
set "_pocx_options=%_pocx_options% -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"

call :find_java java.exe
if not defined _pocx_found goto no_java
set "_pocx_java=%_pocx_found%"
set "_pocx_java_version=%_pocx_found_version%"

if not exist "%_pocx_home%\pom.xml" goto installed
set "_pocx_jar=%_pocx_home%\aggregator-cli\target\pocx-aggregator.jar"
if defined POCX_NO_BUILD goto have_jar
call :is_stale
if errorlevel 1 goto have_jar
call :build
if not errorlevel 1 goto have_jar
if exist "%_pocx_jar%" goto older_build
>&2 echo pocx-aggregator: the build failed, and there is no program from an earlier one; the lines above say why
exit /b 1
:older_build
>&2 echo pocx-aggregator: WARNING: the build failed; running the program as it was built before
goto have_jar

:installed
set "_pocx_jar=%_pocx_home%\lib\pocx-aggregator.jar"
if not exist "%_pocx_jar%" set "_pocx_jar=%_pocx_home%\pocx-aggregator.jar"

:have_jar
if exist "%_pocx_jar%" goto jar_exists
>&2 echo pocx-aggregator: there is no program at "%_pocx_jar%"
exit /b 1

:jar_exists
if not defined POCX_PREPARE goto run
call :prepare_start
exit /b 0

:run
set "_pocx_more=%JAVA_OPTS%"
if defined POCX_JAVA_OPTS set "_pocx_more=%POCX_JAVA_OPTS%"
set "_pocx_short="
set "_pocx_kind="
set "_pocx_vectors="
for %%C in (healthcheck check completion help init reload --help --version -h -V) do if "%~1"=="%%C" set "_pocx_short=-XX:TieredStopAtLevel=1"
if "%~1"=="healthcheck" set "_pocx_kind=-healthcheck"
if "%~1"=="quality" call :find_vectors
call :find_archive
"%_pocx_java%\bin\java.exe" %_pocx_options% %_pocx_short% %_pocx_start% %_pocx_vectors% %_pocx_more% -jar "%_pocx_jar%" %*
exit /b %ERRORLEVEL%

:no_java
set "_pocx_what=A Java"
call :tell_what_to_install
exit /b 1

:tell_what_to_install
>&2 echo pocx-aggregator: %_pocx_what% 21 or later is needed, and none was found in JAVA_HOME, on the PATH, in the usual folders or in the registry. Install one:
>&2 echo   winget install EclipseAdoptium.Temurin.21.JDK
>&2 echo   or from https://adoptium.net
>&2 echo or set JAVA_HOME to the folder of one.
exit /b 0

rem Sets _pocx_found to the folder of a Java with the command %1: the one that came with the program, else the one that was
rem chosen by the user, else the newest in the usual places.
:find_java
set "_pocx_wanted=%~1"
set "_pocx_found="
set "_pocx_found_version=0"
set "_pocx_folder=%_pocx_home%\runtime"
call :better
if defined _pocx_found exit /b 0
if not defined JAVA_HOME goto find_on_path
set "_pocx_folder=%JAVA_HOME:"=%"
call :better
if defined _pocx_found exit /b 0
:find_on_path
set "_pocx_folder="
for %%I in (java.exe) do set "_pocx_folder=%%~dp$PATH:I.."
if "%_pocx_folder%"==".." set "_pocx_folder="
if defined _pocx_folder for %%I in ("%_pocx_folder%") do set "_pocx_folder=%%~fI"
call :better
if defined _pocx_found exit /b 0
for %%P in ("%ProgramFiles%" "%ProgramW6432%" "%LOCALAPPDATA%\Programs") do call :vendors "%%~P"
for /f "delims=" %%D in ('dir /b /ad "%USERPROFILE%\.jdks" 2^>nul') do call :candidate "%USERPROFILE%\.jdks\%%D"
for /f "delims=" %%D in ('dir /b /ad "%USERPROFILE%\scoop\apps" 2^>nul') do call :candidate "%USERPROFILE%\scoop\apps\%%D\current"
call :registry "HKLM\SOFTWARE\JavaSoft" JavaHome
call :registry "HKCU\SOFTWARE\JavaSoft" JavaHome
call :registry "HKLM\SOFTWARE\Eclipse Adoptium" Path
call :registry "HKCU\SOFTWARE\Eclipse Adoptium" Path
call :registry "HKLM\SOFTWARE\Microsoft\JDK" Path
call :registry "HKLM\SOFTWARE\Azul Systems" InstallationPath
exit /b 0

:vendors
set "_pocx_programs=%~1"
if not defined _pocx_programs exit /b 0
for %%V in ("Eclipse Adoptium" "Java" "Microsoft" "Zulu" "Amazon Corretto" "BellSoft" "OpenJDK" "Semeru" "SapMachine") do call :vendor "%%~V"
exit /b 0

:vendor
for /f "delims=" %%D in ('dir /b /ad "%_pocx_programs%\%~1" 2^>nul') do call :candidate "%_pocx_programs%\%~1\%%D"
exit /b 0

:registry
for /f "tokens=2,*" %%A in ('reg query %1 /s /v %2 2^>nul') do if "%%A"=="REG_SZ" call :candidate "%%~B"
exit /b 0

rem Takes _pocx_folder if it holds a Java with the wanted command that is new enough and newer than what was found before. (Not an
rem argument where the user may have chosen it: CALL changes percent signs and carets in arguments.)
:candidate
set "_pocx_folder=%~1"
:better
if not defined _pocx_folder exit /b 0
if "%_pocx_folder:~-1%"=="\" set "_pocx_folder=%_pocx_folder:~0,-1%"
if not exist "%_pocx_folder%\bin\java.exe" exit /b 0
if not exist "%_pocx_folder%\bin\%_pocx_wanted%" exit /b 0
call :version
if %_pocx_version% LSS 21 exit /b 0
if %_pocx_version% LEQ %_pocx_found_version% exit /b 0
set "_pocx_found=%_pocx_folder%"
set "_pocx_found_version=%_pocx_version%"
exit /b 0

rem Sets _pocx_version to the major version of the Java in _pocx_folder, or 0. The file "release" spares starting a JVM.
:version
set "_pocx_version="
if exist "%_pocx_folder%\release" for /f "usebackq tokens=1,2 delims==" %%A in ("%_pocx_folder%\release") do if "%%A"=="JAVA_VERSION" call :major %%B
if defined _pocx_version exit /b 0
for /f "tokens=3" %%V in ('""%_pocx_folder%\bin\java.exe" -version 2^>^&1"') do if not defined _pocx_version call :major %%V
if not defined _pocx_version set "_pocx_version=0"
exit /b 0

:major
for /f "tokens=1 delims=.-+_ " %%M in ("%~1") do set /a "_pocx_version=%%M" >nul 2>nul
if not defined _pocx_version set "_pocx_version=0"
exit /b 0

rem Whether the program is missing, or a source is newer than it (where PowerShell is there to compare).
:is_stale
if not exist "%_pocx_jar%" exit /b 0
where powershell.exe >nul 2>nul
if errorlevel 1 exit /b 1
powershell.exe -NoProfile -NonInteractive -Command "$h = $env:_pocx_home; $t = (Get-Item -LiteralPath $env:_pocx_jar).LastWriteTimeUtc; if (Get-ChildItem -Path (Join-Path $h 'pom.xml'), (Join-Path $h 'aggregator-*\pom.xml'), (Join-Path $h 'aggregator-*\src\main') -Recurse | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 0 } else { exit 1 }"
exit /b %ERRORLEVEL%

rem One build at a time: while a process has the file open for writing, no other can open it.
:build
call :find_java javac.exe
if defined _pocx_found goto have_jdk
set "_pocx_what=To build it, a JDK"
call :tell_what_to_install
exit /b 1
:have_jdk
set "_pocx_jdk=%_pocx_found%"
if not exist "%_pocx_home%\target" mkdir "%_pocx_home%\target" 2>nul
if exist "%_pocx_home%\target" goto lock
>&2 echo pocx-aggregator: cannot write to "%_pocx_home%", so it cannot be built there
exit /b 1
:lock
set "_pocx_told="
:try_lock
set "_pocx_locked="
set "_pocx_built=1"
call :build_alone 3>&2 2>nul
if defined _pocx_locked exit /b %_pocx_built%
if not defined _pocx_told >&2 echo pocx-aggregator: another start builds already, waiting for it
set "_pocx_told=1"
ping -n 2 127.0.0.1 >nul
goto try_lock

:build_alone
9>"%_pocx_home%\target\launcher.lock" call :build_locked 2>&3
exit /b 0

:build_locked
set "_pocx_locked=1"
set "_pocx_built=0"
call :is_stale
if errorlevel 1 exit /b 0
if exist "%_pocx_jar%" >&2 echo pocx-aggregator: the sources have changed: building
if not exist "%_pocx_jar%" >&2 echo pocx-aggregator: building; the first time takes a few minutes
call :run_maven >&2
if errorlevel 1 set "_pocx_built=1"
if "%_pocx_built%"=="1" exit /b 0
if not exist "%_pocx_home%\aggregator-cli\target" mkdir "%_pocx_home%\aggregator-cli\target"
move /y "%_pocx_home%\aggregator-cli\target\quick\pocx-aggregator.jar" "%_pocx_jar%" >nul
if errorlevel 1 set "_pocx_built=1"
if "%_pocx_built%"=="0" call :prepare_start
exit /b 0

:run_maven
setlocal
set "JAVA_HOME=%_pocx_jdk%"
cd /d "%_pocx_home%"
call .\mvnw.cmd -q -Pquick package
exit /b %ERRORLEVEL%

rem Sets _pocx_archive to the start archive beside the program, see pocx-aggregator.
:archive_of
set "_pocx_archive=%_pocx_jar:~0,-4%-java%_pocx_java_version%%_pocx_kind%.aot"
if %_pocx_java_version% LSS 25 set "_pocx_archive=%_pocx_jar:~0,-4%-java%_pocx_java_version%%_pocx_kind%.jsa"
exit /b 0

:prepare_start
set "_pocx_kind="
call :make_archive demo --rounds 1 --speed 60
set "_pocx_kind=-healthcheck"
call :make_archive healthcheck
exit /b 0

:make_archive
call :archive_of
set "_pocx_record=-XX:AOTCacheOutput"
if %_pocx_java_version% LSS 25 set "_pocx_record=-XX:ArchiveClassesAtExit"
"%_pocx_java%\bin\java.exe" %_pocx_options% "%_pocx_record%=%_pocx_archive%.new" -Dpocx.prepare=true -jar "%_pocx_jar%" %* <nul >nul 2>nul
if errorlevel 1 goto no_archive
move /y "%_pocx_archive%.new" "%_pocx_archive%" >nul 2>nul
exit /b 0
:no_archive
del "%_pocx_archive%.new" 2>nul
exit /b 0

rem Sets _pocx_start to the options that use the archive, unless the user has such options. The JVM passes over an archive
rem that is not of this program and these options.
:find_archive
set "_pocx_start="
call :archive_of
if not exist "%_pocx_archive%" exit /b 0
if not defined _pocx_more goto use_archive
if not "%_pocx_more:Xshare=%"=="%_pocx_more%" exit /b 0
if not "%_pocx_more:AOT=%"=="%_pocx_more%" exit /b 0
if not "%_pocx_more:SharedArchive=%"=="%_pocx_more%" exit /b 0
:use_archive
set _pocx_start="-XX:AOTCache=%_pocx_archive%" -Xlog:aot=off -Xlog:cds=off
if %_pocx_java_version% LSS 25 set _pocx_start="-XX:SharedArchiveFile=%_pocx_archive%" -Xlog:cds=off
exit /b 0

rem The Vector API makes proofs faster, and prints a warning. The JVM ends when it does not have the module.
:find_vectors
set "_pocx_modules="
for /f "usebackq tokens=1,* delims==" %%A in ("%_pocx_java%\release") do if "%%A"=="MODULES" set "_pocx_modules=%%~B"
if not defined _pocx_modules exit /b 0
if not "%_pocx_modules:jdk.incubator.vector=%"=="%_pocx_modules%" set "_pocx_vectors=--add-modules=jdk.incubator.vector"
exit /b 0
